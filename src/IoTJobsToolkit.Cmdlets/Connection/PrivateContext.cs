using System.Reflection;
using System.Runtime.Loader;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>
/// Loads the store and the AWS credentials, with their packages, from <c>deps</c> into a context of their own, so that no other module's
/// version of a package can meet ours. The engine, whose records the cmdlets emit, and the wire stay the shell's.
/// </summary>
internal sealed class PrivateContext() : AssemblyLoadContext("IoTJobsToolkit")
{
    private static readonly Lazy<PrivateContext> Context = new(() => new());
    private static readonly Assembly[] Shared = [typeof(IJobsStore).Assembly, typeof(SigV4Credentials).Assembly];

    private static string Folder => Path.Combine(Path.GetDirectoryName(typeof(PrivateContext).Assembly.Location)!, "deps");

    /// <summary>A static method of an assembly in <c>deps</c>.</summary>
    public static TDelegate Method<TDelegate>(string assembly, string type, string method)
        where TDelegate : Delegate
    {
        var parameters = typeof(TDelegate).GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        return Context.Value.LoadFromAssemblyName(new(assembly))
            .GetType($"{assembly}.{type}", throwOnError: true)!
            .GetMethod(method, parameters)!
            .CreateDelegate<TDelegate>();
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Array.Find(Shared, assembly => assembly.GetName().Name == assemblyName.Name) is { } shared)
        {
            return shared;
        }
        var path = Path.Combine(Folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}

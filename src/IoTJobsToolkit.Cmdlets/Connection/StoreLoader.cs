using System.Reflection;
using System.Runtime.Loader;
using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>
/// Loads the store and its packages from <c>deps</c> into a context of their own, so that no other module's version of a package can
/// meet ours. The engine, whose records the cmdlets emit, stays the shell's.
/// </summary>
internal sealed class StoreLoader() : AssemblyLoadContext("IoTJobsToolkit")
{
    private const string StoreAssembly = "IoTJobsToolkit.LiteDb";
    private const string StoreType = "IoTJobsToolkit.LiteDb.LiteDbJobsStore";

    private static readonly Lazy<Func<string, TimeProvider, IJobsStore>> OpenStore = new(FindOpen);

    private static string Folder => Path.Combine(Path.GetDirectoryName(typeof(StoreLoader).Assembly.Location)!, "deps");

    public static IJobsStore Open(string databasePath) => OpenStore.Value(databasePath, TimeProvider.System);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == typeof(IJobsStore).Assembly.GetName().Name)
        {
            return typeof(IJobsStore).Assembly;
        }
        var path = Path.Combine(Folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    private static Func<string, TimeProvider, IJobsStore> FindOpen() => new StoreLoader()
        .LoadFromAssemblyName(new(StoreAssembly))
        .GetType(StoreType, throwOnError: true)!
        .GetMethod("Open", [typeof(string), typeof(TimeProvider)])!
        .CreateDelegate<Func<string, TimeProvider, IJobsStore>>();
}

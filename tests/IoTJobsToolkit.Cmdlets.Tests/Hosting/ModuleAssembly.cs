using System.Runtime.Loader;

namespace IoTJobsToolkit.Cmdlets.Tests.Hosting;

internal static class ModuleAssembly
{
    /// <summary>
    /// A hidden type of the module that runs. PowerShell loads modules into the default context; a copy that the help builder only reads has
    /// a context of its own.
    /// </summary>
    public static Type Get(string name) => AssemblyLoadContext.Default.Assemblies.Single(assembly => assembly.GetName().Name == "IoTJobsToolkit.Cmdlets")
        .GetType($"IoTJobsToolkit.Cmdlets.{name}", throwOnError: true)!;
}

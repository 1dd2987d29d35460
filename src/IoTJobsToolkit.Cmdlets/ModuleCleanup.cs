using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Connection;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Remove-Module gives the database file free and closes the ways to servers; the other runspaces of the process keep their connection.</summary>
public sealed class ModuleCleanup : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    public void OnImport() => Connections.Import();

    public void OnRemove(PSModuleInfo psModuleInfo) => Connections.Remove();
}

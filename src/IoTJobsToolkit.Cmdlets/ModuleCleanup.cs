using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Connection;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Remove-Module gives the database file free; the other runspaces of the process keep their connection.</summary>
public sealed class ModuleCleanup : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    public void OnImport() => Database.Import();

    public void OnRemove(PSModuleInfo psModuleInfo) => Database.Remove();
}

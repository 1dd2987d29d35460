using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// Remove-Module ends the jobs which its runspace left in the background, gives the database file free and closes the ways to servers; the other
/// runspaces of the process keep their connection.
/// </summary>
public sealed class ModuleCleanup : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    public void OnImport() => ModuleUses.Begin(Runspace.DefaultRunspace);

    public void OnRemove(PSModuleInfo psModuleInfo) => ModuleUses.End(Runspace.DefaultRunspace);
}

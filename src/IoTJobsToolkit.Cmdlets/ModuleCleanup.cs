using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// Remove-Module ends the jobs which its runspace left in the background, gives the database file free and closes the ways to servers; the other
/// runspaces of the process keep their connection.
/// </summary>
public sealed class ModuleCleanup : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    public void OnImport()
    {
        if (Runspace.DefaultRunspace is { } runspace)
        {
            ModuleUses.Begin(runspace);
        }
    }

    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        if (Runspace.DefaultRunspace is { } runspace)
        {
            ModuleUses.End(runspace);
        }
    }
}

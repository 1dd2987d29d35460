using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace IoTJobsToolkit.Benchmarks.Module;

/// <summary>A shell in a process of its own, with the preferences of one that starts: runs the script that it is given and writes a line for each of its objects.</summary>
internal static class ModuleShell
{
    public const string Argument = "module-shell";

    public static int Run(TextReader script, TextWriter output)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var powershell = PowerShell.Create(runspace);
        powershell.AddScript("1..3 | ForEach-Object { $_ } | Where-Object { $_ -gt 1 } > $null").Invoke();
        powershell.Commands.Clear();
        foreach (var item in powershell.AddScript(script.ReadToEnd()).Invoke().OfType<PSObject>())
        {
            output.WriteLine(Convert.ToString(item.BaseObject, CultureInfo.InvariantCulture));
        }
        foreach (var error in powershell.Streams.Error)
        {
            Console.Error.WriteLine(error);
        }
        return powershell.Streams.Error.Count == 0 ? 0 : 1;
    }
}

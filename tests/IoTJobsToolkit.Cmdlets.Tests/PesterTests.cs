using System.Diagnostics;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>The suites which use the module as users do, in a PowerShell of their own.</summary>
public sealed class PesterTests
{
    private const string HasPester = "exit [int](-not (Get-Module -ListAvailable Pester | Where-Object { $_.Version -ge [version]'5.0' }))";

    [Fact]
    public async Task The_Pester_suites_pass_in_a_stock_PowerShell()
    {
        if (await Run(HasPester) is not { ExitCode: 0 })
        {
            Assert.Skip("pwsh with Pester 5 is not on PATH: the suites in tests/Module were not run.");
        }
        var suites = Path.Combine(Shell.Repository, "tests", "Module");
        var result = await Run($"Import-Module Pester -MinimumVersion 5.0; if ((Invoke-Pester '{suites}' -PassThru).Result -ne 'Passed') {{ exit 1 }}");
        Assert.True(result is { ExitCode: 0 }, result?.Text);
    }

    /// <summary>Null where there is no pwsh.</summary>
    private static async Task<(int ExitCode, string Text)?> Run(string command)
    {
        var start = new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-Command", command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace IoTJobsToolkit.Server.Tests.Sdk;

/// <summary>
/// A script in tests/node, whose packages are in tests/node/node_modules or in the folder that IOTJOBS_TEST_NODE_MODULES names.
/// Without node or packages its tests are skipped; on a build server (CI=true) they fail instead.
/// </summary>
internal static class NodeScript
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static string Folder { get; } = FindFolder();

    /// <summary>What a script prints that needs no package.</summary>
    public static async Task<string> ReadAsync(string script)
    {
        var (code, printed) = await RunAsync(new ProcessStartInfo("node", [Path.Combine(Folder, script)]));
        Assert.True(code == 0, $"{script} ended with {code}:\n{printed}");
        return printed;
    }

    /// <summary>Runs a script which prints nothing but what is wrong.</summary>
    public static Task RunAsync(string script, string package, params (string Name, string Value)[] environment) =>
        RunAsync(script, package, null, environment);

    /// <param name="asked">
    /// Takes a line that the script prints because it wants something done, and returns true when that is done: the script is told so. False
    /// where the line asks for nothing.
    /// </param>
    public static async Task RunAsync(string script, string package, Func<string, bool>? asked, params (string Name, string Value)[] environment)
    {
        var modules = Environment.GetEnvironmentVariable("IOTJOBS_TEST_NODE_MODULES") ?? Path.Combine(Folder, "node_modules");
        if (!Directory.Exists(Path.Combine(modules, package)))
        {
            Missing($"The package {package} is not there: run npm install in tests/node.");
        }
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, script)])
        {
            Environment = { ["NODE_PATH"] = modules, ["NODE_NO_WARNINGS"] = "1" },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        var (code, printed) = await RunAsync(start, asked);
        Assert.True(code == 0 && printed.Length == 0, $"{script} ended with {code}:\n{printed}");
    }

    private static async Task<(int Code, string Printed)> RunAsync(ProcessStartInfo start, Func<string, bool>? asked = null)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Start(start);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            var output = asked is null ? process.StandardOutput.ReadToEndAsync(deadline.Token) : AnswerAsync(process, asked, deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    /// <summary>Returns the lines that ask for nothing.</summary>
    private static async Task<string> AnswerAsync(Process process, Func<string, bool> asked, CancellationToken cancellationToken)
    {
        var rest = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (asked(line))
            {
                await process.StandardInput.WriteLineAsync("done".AsMemory(), cancellationToken);
                await process.StandardInput.FlushAsync(cancellationToken);
            }
            else
            {
                rest.AppendLine(line);
            }
        }
        return rest.ToString();
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Missing("node is not installed.");
            throw;
        }
    }

    private static void Missing(string what)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", what);
        Assert.Fail(what);
    }

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "IoTJobsToolkit.sln")))
        {
            folder = folder.Parent;
        }
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the project's folder."), "tests", "node");
    }
}

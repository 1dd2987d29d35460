using System.Security.Cryptography;

namespace IoTJobsToolkit.Cmdlets.Tests.Help;

/// <summary>The fleet of docs/help/example-fleet.ps1, made once, and a fresh copy of it with its files for each example.</summary>
public sealed class ExampleFleet : IDisposable
{
    private const string Document =
        """{"operation":"install","version":7,"files":[{"name":"app.bin","signature":"${aws:iot:code-sign-signature:s3://us-east-1.fw/app.bin@v1}"}]}""";

    private readonly Variables _variables = new();
    private readonly Shell _shell = new();
    private readonly string _master;
    private int _copies;

    public ExampleFleet()
    {
        _variables.Set("XDG_DATA_HOME", _shell.Folder); // Where an example disconnects, not even the default database is the user's own.
        _master = Directory.CreateDirectory(Path.Combine(_shell.Folder, "fleet")).FullName;
        File.WriteAllText(Path.Combine(_master, "fw.json"), Document);
        File.WriteAllText(Path.Combine(_master, "agent.json"), """{"operation":"update-agent","version":3}""");
        File.WriteAllBytes(Path.Combine(_master, "app.bin"), [.. Enumerable.Range(0, 2000).Select(number => (byte)number)]);
        File.WriteAllLines(Path.Combine(_master, "things.txt"), ["lamp-7", "lamp-8", "lamp-9"]);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(Path.Combine(_master, "signer.pem"), key.ExportPkcs8PrivateKeyPem());

        GoTo(_master);
        _shell.Run(File.ReadAllText(Path.Combine(HelpPages.Folder, "example-fleet.ps1"))).Succeeds();
        _shell.Run("Disconnect-IoTJobs").Succeeds();
    }

    /// <summary>What the commands did, and what they asked, in a folder of their own.</summary>
    internal (Outcome Outcome, IReadOnlyList<string> Questions) Run(string script)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_shell.Folder, $"{++_copies}")).FullName;
        foreach (var file in Directory.GetFiles(_master))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
        GoTo(folder);
        var asked = _shell.Host.Questions.Count;
        var outcome = _shell.Run($"Set-StrictMode -Version 1\n& {{\n{script}\n}}");
        return (outcome, [.. _shell.Host.Questions.Skip(asked)]);
    }

    public void Dispose()
    {
        _shell.Run("Set-Location /");
        _shell.Dispose();
        _variables.Dispose();
    }

    private void GoTo(string folder) => _shell.Run($"""
        Disconnect-IoTJobs
        Set-Location '{folder}'
        Connect-IoTJobs ./jobs.db
        """).Succeeds();
}

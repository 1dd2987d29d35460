using System.Diagnostics;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>Ctrl+C works at once, whatever a cmdlet is waiting for.</summary>
public sealed class InterruptTests : IDisposable
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Get-IoTThing")]
    [InlineData("New-IoTThing a")]
    [InlineData("New-IoTJob x -Thing a -Document '{}'")]
    [InlineData("Remove-IoTJob x -Force")]
    [InlineData("Get-IoTJobExecutionsForJobList x | Stop-IoTJobExecution")]
    [InlineData("Wait-IoTJob x -Timeout 600")]
    [InlineData("Watch-IoTJob x")]
    public async Task A_server_that_does_not_answer_holds_nobody(string command)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        _shell.Run($"Connect-IoTJobs -Endpoint http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port} -AccessKey {TestServer.KeyId} -SecretKey {TestServer.Secret}").IsSilent();
        using var running = new RunningScript(_shell, $"{command}; 'not reached'");
        using var call = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        Assert.InRange(running.Stop(), TimeSpan.Zero, AtOnce);
        Assert.Empty(running.End().Text);
    }

    [Fact]
    public async Task A_wait_keeps_its_time_though_the_server_does_not_answer()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        _shell.Run($"Connect-IoTJobs -Endpoint http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port} -AccessKey {TestServer.KeyId} -SecretKey {TestServer.Secret}").IsSilent();
        using var running = new RunningScript(_shell, "Wait-IoTJob x -Timeout 0.7");
        using var call = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        Assert.Contains("could not be looked at", running.End().Fails("JobWaitTimedOut").Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_use_holds_nobody()
    {
        using var other = OtherProcess.Holds(_shell.DatabasePath);
        using var running = new RunningScript(_shell, "'begins'; Get-IoTThing; 'not reached'");
        Assert.Equal("begins", running.Output(0).ToString());

        Assert.InRange(running.Stop(), TimeSpan.Zero, AtOnce);
        Assert.Equal(["begins"], running.End().Text);
    }

    [Theory]
    [InlineData("Wait-IoTJob x", Where.InProcess)]
    [InlineData("Wait-IoTJob x", Where.ThroughServer)]
    [InlineData("Wait-IoTJob x -Until { while ($true) { 'looking' | Write-Verbose -Verbose } }", Where.InProcess)]
    [InlineData("Watch-IoTJob x -Verbose", Where.InProcess)]
    [InlineData("Watch-IoTJob x -Verbose -Execution", Where.ThroughServer)]
    public void Whoever_waits_for_a_job_can_stop(string command, Where where)
    {
        using var shell = new Shell(where);
        shell.Run("New-IoTThing a; New-IoTJob x -Thing a -Document '{}'").Succeeds();
        using var running = new RunningScript(shell, $"{command}; 'not reached'");
        if (command.StartsWith("Wait-IoTJob x -Until", StringComparison.Ordinal) || command.StartsWith("Watch", StringComparison.Ordinal))
        {
            running.Await(running.Streams.Verbose, line => line.Message is "looking" or "Job x is followed from now on.");
        }
        else
        {
            running.Await(running.Streams.Progress, progress => progress.Activity == "Waiting for job x");
        }

        Assert.InRange(running.Stop(), TimeSpan.Zero, AtOnce);
        Assert.DoesNotContain("not reached", running.End().Text);
    }

    [Theory]
    [InlineData("Get-IoTThing nothing-*", "ListThings ")]
    [InlineData("Get-IoTThingList -MaxResult 1 | Where-Object ThingName -eq nothing", "ListThings ")]
    [InlineData("Get-IoTThing | Remove-IoTThing -Force", "DeleteThing ")]
    [InlineData("Get-IoTThingList | New-IoTJob -JobId x -Document '{}'", "ListThings ")]
    public void A_long_pipeline_ends_in_its_middle(string command, string operation)
    {
        Fleet.Create(_shell.DatabasePath, 20_000);
        using var running = new RunningScript(_shell, $"$DebugPreference = 'Continue'; {command}; 'not reached'");
        running.Await(running.Streams.Debug, line => line.Message.StartsWith(operation, StringComparison.Ordinal));

        Assert.InRange(running.Stop(), TimeSpan.Zero, AtOnce);
        Assert.Empty(running.End().Text);
    }

    [Theory]
    [InlineData("New-IoTJobCodeSignature pipe -BucketName fw -PrivateKeyPath key.pem")]
    [InlineData("New-IoTJobCodeSignature key.pem -BucketName fw -PrivateKeyPath pipe")]
    [InlineData("New-IoTJobCodeSignature key.pem -DocumentPath pipe -PrivateKeyPath key.pem")]
    [InlineData("New-IoTJob x -Thing a -DocumentPath pipe")]
    public void A_file_that_gives_nothing_holds_nobody(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A pipe among the files is made otherwise there.");
        var pipe = Path.Combine(_shell.Folder, "pipe");
        using (var make = Process.Start("mkfifo", pipe))
        {
            make.WaitForExit();
        }
        using var keys = new Keys();
        File.WriteAllText(Path.Combine(_shell.Folder, "key.pem"), keys.Ecdsa.ExportPkcs8PrivateKeyPem());
        _shell.Run("New-IoTThing a").Succeeds();
        using var running = new RunningScript(_shell, $"Set-Location '{_shell.Folder}'; 'begins'; {command}; 'not reached'");
        Assert.Equal("begins", running.Output(0).ToString());

        Assert.InRange(running.Stop(), TimeSpan.Zero, AtOnce);
        Assert.Equal(["begins"], running.End().Text);
        // Lets go whoever was left behind.
        new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
    }
}

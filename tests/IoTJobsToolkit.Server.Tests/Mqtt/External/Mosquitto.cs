using System.Collections.Concurrent;
using System.Diagnostics;

namespace IoTJobsToolkit.Server.Tests.Mqtt.External;

/// <summary>
/// A broker of its own on free ports: one for devices, whose user name is their thing's, and one for servers. Without mosquitto its tests are
/// skipped; on a build server (CI=true) they fail instead.
/// </summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    public const string User = "jobs-server";
    public const string Password = "pass:w/ord @1";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mosquitto-");
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    private Mosquitto(string prefix) => Prefix = prefix;

    /// <summary>What it puts before the topics of devices, so that their requests can be shared: there is no sharing below <c>$aws</c>.</summary>
    public string Prefix { get; }

    public int DevicePort { get; } = QuietPort.Next();

    public int ServerPort { get; } = QuietPort.Next();

    public string Folder => _folder.FullName;

    /// <summary>For a server that logs in, with the password in a setting of its own.</summary>
    public string[] Settings => [$"--Mqtt:Broker=mqtt://{User}@127.0.0.1:{ServerPort}", $"--Mqtt:BrokerPassword={Password}", Prefix.Length > 0 ? $"--Mqtt:BrokerPrefix={Prefix}" : "--Mqtt:BrokerGroup=none"];

    public static async Task<Mosquitto> StartAsync(string prefix = "dev/")
    {
        var broker = await PrepareAsync(prefix);
        await broker.StartAsync();
        return broker;
    }

    /// <summary>One that does not run yet.</summary>
    public static async Task<Mosquitto> PrepareAsync(string prefix = "dev/")
    {
        if (Find("mosquitto") is null || Find("mosquitto_passwd") is null)
        {
            const string what = "mosquitto is not installed.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", what);
            Assert.Fail(what);
        }
        var broker = new Mosquitto(prefix);
        await broker.WriteAsync();
        return broker;
    }

    public string File(string name) => Path.Combine(Folder, name);

    public async Task StartAsync()
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process
        {
            StartInfo = new(Find("mosquitto")!, ["-c", File("mosquitto.conf")]) { RedirectStandardError = true, RedirectStandardOutput = true },
            EnableRaisingEvents = true,
        };
        process.ErrorDataReceived += (_, line) =>
        {
            _log.Enqueue(line.Data ?? "");
            if (line.Data?.EndsWith(" running", StringComparison.Ordinal) is true)
            {
                running.TrySetResult();
            }
        };
        process.Exited += (_, _) => running.TrySetException(new InvalidOperationException($"mosquitto has ended: {string.Join('\n', _log)}"));
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        _process = process;
        await running.Task.WaitAsync(Deadline);
    }

    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(Deadline);
            process.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private async Task WriteAsync()
    {
        await System.IO.File.WriteAllTextAsync(File("mosquitto.conf"), $"""
            per_listener_settings true
            user {Environment.UserName}
            persistence false
            log_dest stderr
            log_type error
            log_type notice
            log_type information

            listener {DevicePort} 127.0.0.1
            {(Prefix.Length > 0 ? $"mount_point {Prefix}" : "")}
            allow_anonymous true
            acl_file {File("devices.acl")}

            listener {ServerPort} 127.0.0.1
            allow_anonymous false
            password_file {File("passwords")}
            acl_file {File("servers.acl")}

            """);
        await System.IO.File.WriteAllTextAsync(File("devices.acl"), $"""
            pattern write {Prefix}$aws/things/%u/jobs/+
            pattern write {Prefix}$aws/things/%u/jobs/+/get
            pattern write {Prefix}$aws/things/%u/jobs/+/update
            pattern write {Prefix}$aws/things/%u/jobs/+/+/get
            pattern write {Prefix}$aws/things/%u/jobs/+/+/update
            pattern read {Prefix}$aws/things/%u/jobs/#
            pattern read {Prefix}$aws/events/#

            """);
        await System.IO.File.WriteAllTextAsync(File("servers.acl"), $"""
            user {User}
            topic readwrite {Prefix}$aws/#

            """);
        using var passwords = Process.Start(new ProcessStartInfo(Find("mosquitto_passwd")!, ["-b", "-c", File("passwords"), User, Password]) { RedirectStandardError = true })!;
        var said = await passwords.StandardError.ReadToEndAsync();
        await passwords.WaitForExitAsync().WaitAsync(Deadline);
        Assert.True(passwords.ExitCode == 0, said);
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Concat(["/usr/sbin", "/usr/local/sbin"]) // Where not everybody looks.
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(System.IO.File.Exists);
}

using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Wire.Credentials;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Tests.Access;

/// <summary>A database beside which the key file is gone that its access keys were encrypted with.</summary>
public sealed class LostKeyFileTests
{
    [Fact]
    public async Task Keys_that_are_lost_are_told_at_the_start_and_refused_with_the_reason_in_the_log_once()
    {
        await using var first = await ApiServer.StartAsync();
        var made = await first.Operator().ExecuteAsync(new CreateAccessKey("ci", AccessRole.VIEWER), TestContext.Current.CancellationToken);
        var (lost, path) = (new SigV4Credentials(made.AccessKeyId, made.SecretAccessKey), SecretKeyFile.PathFor(first.DatabasePath));
        Assert.DoesNotContain("Warning", first.Output.ToString(), StringComparison.Ordinal);
        var kept = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        File.Delete(path);

        using var log = new LogLines();
        await using (var second = await ApiServer.StartAsync(first.Store, null, log, $"--Jobs:DatabasePath={first.DatabasePath}"))
        {
            var warning = Assert.Single(second.Output.ToString().Split('\n'), line => line.Contains("Warning", StringComparison.Ordinal));
            Assert.Contains("2 access keys do not count", warning, StringComparison.Ordinal); // The administrator's, and that of ci.
            Assert.Contains(path, warning, StringComparison.Ordinal);
            Assert.Contains("restore that file from the backup", warning, StringComparison.Ordinal);
            Assert.Contains("New-IoTAccessKey", warning, StringComparison.Ordinal);
            Assert.DoesNotContain(log.All, line => line.Contains(made.AccessKeyId, StringComparison.Ordinal));

            (await second.Signed("iot", "GET /jobs", key: lost)).IsRefused(403, "UnrecognizedClientException");
            (await second.Signed("iot", "GET /jobs", key: lost)).IsRefused(403, "UnrecognizedClientException");

            var told = Assert.Single(log.All, line => line.Contains(made.AccessKeyId, StringComparison.Ordinal));
            Assert.Contains(path, told, StringComparison.Ordinal);
            Assert.DoesNotContain(made.SecretAccessKey, told, StringComparison.Ordinal);
            (await second.Control("GET /jobs")).IsOk();
        }

        await File.WriteAllBytesAsync(path, kept, TestContext.Current.CancellationToken);
        await using var restored = await ApiServer.StartAsync(first.Store, $"--Jobs:DatabasePath={first.DatabasePath}");
        (await restored.Signed("iot", "GET /jobs", key: lost)).IsOk();
        await using var again = await ApiServer.StartAsync(first.Store, $"--Jobs:DatabasePath={first.DatabasePath}");
        Assert.DoesNotContain("Warning", again.Output.ToString(), StringComparison.Ordinal);
    }
}

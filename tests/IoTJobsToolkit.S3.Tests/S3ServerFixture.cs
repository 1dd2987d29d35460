using System.Diagnostics;
using IoTJobsToolkit.S3.Tests;

[assembly: AssemblyFixture(typeof(S3ServerFixture))]

namespace IoTJobsToolkit.S3.Tests;

/// <summary>
/// A server for S3's protocol that others wrote (npm package @20minutes/s3rver), run by node on a free port. Its packages are in
/// tests/node/node_modules, or in the folder that IOTJOBS_TEST_NODE_MODULES names. Where node or the package is absent the tests are
/// skipped; on a build server (CI=true) they fail instead.
/// </summary>
public sealed class S3ServerFixture : IAsyncLifetime
{
    public const string AccessKeyId = "S3RVER";
    public const string SecretAccessKey = "S3RVER";
    public const string Bucket = "fleet";

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("s3-server-");
    private Process? server;
    private string? absence;
    private Uri? endpoint;

    /// <summary>The running server's address; skips the calling test where there is none.</summary>
    public Uri Endpoint
    {
        get
        {
            if (endpoint is null)
            {
                Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", absence!);
                Assert.Fail(absence);
            }

            return endpoint;
        }
    }

    public async ValueTask InitializeAsync()
    {
        var node = FindNodeFolder();
        var modules = Environment.GetEnvironmentVariable("IOTJOBS_TEST_NODE_MODULES") ?? Path.Combine(node, "node_modules");
        if (!Directory.Exists(Path.Combine(modules, "@20minutes", "s3rver")))
        {
            absence = "No S3 server to test with: run npm install in tests/node.";
            return;
        }

        var start = new ProcessStartInfo("node", [Path.Combine(node, "s3-server.cjs"), directory.FullName, Bucket])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["NODE_PATH"] = modules },
        };
        try
        {
            server = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            absence = "No S3 server to test with: node is not installed.";
            return;
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var port = await server.StandardOutput.ReadLineAsync(deadline.Token);
        endpoint = new Uri($"http://127.0.0.1:{port ?? throw new InvalidOperationException("The S3 server ended before it listened.")}");
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.StandardInput.Close();
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await server.WaitForExitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                server.Kill();
            }

            server.Dispose();
        }

        directory.Delete(recursive: true);
    }

    private static string FindNodeFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "IoTJobsToolkit.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(
            folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the project's folder."), "tests", "node");
    }
}

using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace IoTJobsToolkit.Benchmarks.Mqtt;

/// <summary>The loader, as who measures sees it.</summary>
internal sealed class LoaderProcess : IAsyncDisposable
{
    private readonly Process _process;

    private LoaderProcess(Process process) => _process = process;

    public static LoaderProcess Start()
    {
        var path = Environment.ProcessPath!;
        string[] arguments = Path.GetFileNameWithoutExtension(path) == "dotnet" ? [Assembly.GetEntryAssembly()!.Location, Loader.Argument] : [Loader.Argument];
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1"; // What comes is looked at by whoever finds it: less to wake.
        return new(Process.Start(start)!);
    }

    /// <exception cref="InvalidOperationException">It could not be done.</exception>
    public async Task<LoaderAnswer> DoAsync(LoaderCommand command)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command, Loader.Json));
        await _process.StandardInput.FlushAsync();
        var line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The loader has ended.");
        var answer = JsonSerializer.Deserialize<LoaderAnswer>(line, Loader.Json)!;
        return answer.Error is { } error ? throw new InvalidOperationException($"The loader failed: {error}") : answer;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }
        _process.Dispose();
    }
}

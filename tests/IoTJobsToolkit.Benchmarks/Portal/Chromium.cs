using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IoTJobsToolkit.Benchmarks.Portal;

/// <summary>One page of a real browser, driven by its DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private int _calls;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <exception cref="InvalidOperationException">There is none on this machine: IOTJOBS_CHROMIUM, then PATH.</exception>
    public static async Task<Chromium> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("iotjobs-chromium-").FullName;
        var start = new ProcessStartInfo(Find(), [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--window-size=1440,900", "--remote-debugging-port=0", $"--user-data-dir={profile}", "about:blank"])
        {
            RedirectStandardError = true,
        };
        var browser = new Chromium(Process.Start(start)!, profile);
        var port = await browser.PortAsync().WaitAsync(LongestStart);
        using var http = new HttpClient();
        var pages = JsonNode.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list")))!.AsArray();
        var page = pages.First(target => (string?)target!["type"] == "page")!;
        await browser._socket.ConnectAsync(new Uri((string)page["webSocketDebuggerUrl"]!), CancellationToken.None);
        await browser.CallAsync("Page.enable", []);
        return browser;
    }

    /// <summary>Runs before the scripts of every page opened from now on.</summary>
    public Task RunOnNewPagesAsync(string script) => CallAsync("Page.addScriptToEvaluateOnNewDocument", new() { ["source"] = script });

    public Task GoAsync(Uri address) => CallAsync("Page.navigate", new() { ["url"] = address.ToString() });

    /// <summary>The value of an expression in the page, awaited where it is a promise.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        return answer["exceptionDetails"] is { } fault
            ? throw new InvalidOperationException($"A script in the page failed: {fault.ToJsonString()}")
            : answer["result"]?["value"];
    }

    /// <summary>Waits until an expression is true, also over a change of pages.</summary>
    public async Task WaitForAsync(string condition)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < LongestCall)
        {
            if ((await EvaluateAsync($"!!({condition})"))?.GetValue<bool>() == true)
            {
                return;
            }
            await Task.Delay(20);
        }
        throw new TimeoutException($"The page never had: {condition}");
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A process of the browser that ends last may still write there; the system clears its temporary folder.
        }
    }

    private async Task<string> PortAsync()
    {
        const string mark = "DevTools listening on ";
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(mark, StringComparison.Ordinal))
            {
                _ = _process.StandardError.ReadToEndAsync(); // What else it says would fill the pipe.
                return new Uri(line[mark.Length..]).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }
        throw new InvalidOperationException("The browser has ended before it listened.");
    }

    /// <summary>One call after the other; what the browser tells in between is passed over.</summary>
    private async Task<JsonObject> CallAsync(string method, JsonObject parameters)
    {
        using var late = new CancellationTokenSource(LongestCall);
        var id = ++_calls;
        var request = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(Encoding.UTF8.GetBytes(request.ToJsonString()), WebSocketMessageType.Text, true, late.Token);
        while (true)
        {
            var answer = await ReceiveAsync(late.Token);
            if ((int?)answer["id"] == id)
            {
                return answer["result"]?.AsObject() ?? throw new InvalidOperationException($"{method} was refused: {answer.ToJsonString()}");
            }
        }
    }

    private async Task<JsonObject> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var space = new byte[16 * 1024];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(space.AsMemory(), cancellationToken);
            text.Write(space, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return JsonSerializer.Deserialize<JsonObject>(text.ToArray())!;
    }

    private static string Find() => Environment.GetEnvironmentVariable("IOTJOBS_CHROMIUM") is { Length: > 0 } given
        ? given
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("No Chromium: install the package chromium, or set IOTJOBS_CHROMIUM to its path.");
}

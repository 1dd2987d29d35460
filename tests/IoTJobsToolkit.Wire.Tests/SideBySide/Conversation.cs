using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Wire.Tests.SideBySide;

/// <summary>All that one engine says to clients which know AWS alone, while features of the toolkit are in use beside them, or are not.</summary>
internal sealed partial class Conversation(WireConversation wire, bool featured)
{
    private readonly HashSet<string> _accepted = [];
    private readonly HashSet<Route> _asked = [];

    /// <summary>Every request with its answer, in order.</summary>
    public List<string> Said { get; } = [];

    /// <summary>Of <see cref="Features.Asides"/>, those which were done at least once.</summary>
    public IReadOnlySet<string> Accepted => _accepted;

    /// <summary>Routes that were asked for and answered with 200.</summary>
    public IReadOnlySet<Route> Asked => _asked;

    public void At(double seconds) => wire.At(seconds);

    public async Task<WireAnswer> AskAsync(Plane plane, string request, string body = "")
    {
        var (sent, with) = featured && Features.Controlled(request, body) is { } controlled ? controlled : (request, body);
        var answer = plane == Plane.Control ? await wire.Control(sent, with) : await wire.Data(sent, with);
        if (answer.Status == 200)
        {
            var space = request.IndexOf(' ', StringComparison.Ordinal);
            _asked.Add(Routes.Find(request[..space], request[(space + 1)..].Split('?')[0], plane).Route!);
        }
        Said.Add(Token().Replace($"{plane} {request} {body} -> {answer.Status} {answer.Error} {answer.Body}", "$1TOKEN"));
        return answer;
    }

    public async Task PublishAsync(string thing, string below, string payload = "")
    {
        var answer = await wire.Publish(thing, below, payload);
        Said.Add($"{answer.Asked} {payload} -> {answer.Topic} {answer.Payload}");
    }

    /// <summary>What is done beside AWS's operations after each step of the story; nothing of it may be heard.</summary>
    public async Task GoAsideAsync()
    {
        if (!featured)
        {
            return;
        }
        foreach (var (request, body) in Features.Asides)
        {
            if ((await wire.Control(request, body)).Status == 200)
            {
                _accepted.Add(request);
            }
        }
        foreach (var read in Reads.Of(Routes.All.Where(route => route.IsExtension && route.Method == "GET")))
        {
            await wire.Control(read.Request);
        }
    }

    /// <summary>Asks for everything that can be read, page by page where there are pages.</summary>
    public async Task LookAsync()
    {
        foreach (var (plane, request) in Reads.Of(Routes.All.Where(route => !route.IsExtension && route.Method == "GET")))
        {
            var answer = await AskAsync(plane, request);
            while (request.Contains("maxResults=", StringComparison.Ordinal) && answer.Status == 200 && (string?)answer.Json["nextToken"] is { } token)
            {
                answer = await AskAsync(plane, $"{request}&nextToken={Uri.EscapeDataString(token)}");
            }
        }
        foreach (var thing in Reads.Things)
        {
            await PublishAsync(thing, "get");
            foreach (var job in Reads.Jobs.Append("$next"))
            {
                await PublishAsync(thing, $"{job}/get", """{"includeJobDocument":true,"clientToken":"c"}""");
            }
        }
    }

    /// <summary>
    /// A token is a closed letter to its client, and holds the serial number of a record, which counts those of the toolkit's audit trail too.
    /// The pages to which tokens lead are compared.
    /// </summary>
    [GeneratedRegex("(\"nextToken\":\"|nextToken=)[A-Za-z0-9_-]+")]
    private static partial Regex Token();
}

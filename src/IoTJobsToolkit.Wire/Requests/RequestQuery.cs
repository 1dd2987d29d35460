using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Wire.Requests;

/// <summary>A query string: its members, each at most once.</summary>
internal static class RequestQuery
{
    /// <summary>What belongs to a presigned request and not to its operation.</summary>
    private const string SigningPrefix = "X-Amz-";

    public static IEnumerable<(string Name, string Value)> Read(string query)
    {
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? part : part[..equals]);
            if (!name.StartsWith(SigningPrefix, StringComparison.OrdinalIgnoreCase))
            {
                yield return (name, equals < 0 ? "" : Decode(part[(equals + 1)..]));
            }
        }
    }

    public static JobsException Unknown(Route route, string name) => JobsException.InvalidRequest(
        $"{route.Operation} has no query parameter '{name}'; " +
        (route.QueryMembers.Count == 0 ? "it takes none." : $"it takes [{string.Join(", ", route.QueryMembers)}]."));

    public static JobsException Repeated(string name) =>
        JobsException.InvalidRequest($"The query parameter '{name}' is given more than once.");

    /// <summary>A plus is a space here, as it is for the signature.</summary>
    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

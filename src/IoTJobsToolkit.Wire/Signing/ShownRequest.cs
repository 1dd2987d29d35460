namespace IoTJobsToolkit.Wire.Signing;

/// <summary>A request as its caller may be shown it: without the secrets it brought.</summary>
internal static class ShownRequest
{
    private const string Hidden = "not-shown";
    private const string SecurityToken = "X-Amz-Security-Token";

    private static readonly HashSet<string> Secret =
        new(StringComparer.OrdinalIgnoreCase) { "authorization", "cookie", "proxy-authorization", SecurityToken };

    public static SigV4Request Of(SigV4Request request) => request with
    {
        Headers = [.. request.Headers.Select(header => Secret.Contains(header.Key) ? new(header.Key, Hidden) : header)],
        RawQuery = string.Join('&', request.RawQuery.Split('&').Select(Parameter)),
    };

    private static string Parameter(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && Uri.UnescapeDataString(pair[..equals]).Equals(SecurityToken, StringComparison.OrdinalIgnoreCase)
            ? $"{pair[..equals]}={Hidden}"
            : pair;
    }
}

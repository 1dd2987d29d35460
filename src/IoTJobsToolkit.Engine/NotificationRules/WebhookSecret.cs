namespace IoTJobsToolkit.Engine.NotificationRules;

/// <summary>The form of a secret that webhooks are signed with (Standard Webhooks).</summary>
public static class WebhookSecret
{
    public const string Prefix = "whsec_";

    private const int MinBytes = 24;
    private const int MaxBytes = 64;

    public static bool IsWhole(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        Span<byte> bytes = stackalloc byte[2 * MaxBytes];
        return secret.StartsWith(Prefix, StringComparison.Ordinal) &&
            Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length) && length is >= MinBytes and <= MaxBytes;
    }

    /// <summary>What is signed with.</summary>
    public static byte[] BytesOf(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return Convert.FromBase64String(secret[Prefix.Length..]);
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace IoTJobsToolkit.Wire.Signing;

/// <summary>Signing keys live for a day and cost four HMACs: the ones in use are kept.</summary>
internal sealed class SigningKeys
{
    /// <summary>Callers choose the scopes that arrive here, so the cache has a bound; full, it starts again.</summary>
    internal const int Capacity = 4096;

    private readonly ConcurrentDictionary<CredentialScope, Entry> _entries = new();
    private int _count;

    internal int Count => _entries.Count;

    public byte[] For(CredentialScope scope, string secret)
    {
        // The same access key id may have been given a new secret since.
        if (_entries.TryGetValue(scope, out var known) && known.Secret == secret)
        {
            return known.Key;
        }

        var entry = new Entry(secret, Derive(scope, secret));
        if (known is null && Interlocked.Increment(ref _count) > Capacity)
        {
            _entries.Clear();
            Interlocked.Exchange(ref _count, 1);
        }

        _entries[scope] = entry;
        return entry.Key;
    }

    public static byte[] Derive(CredentialScope scope, string secret)
    {
        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + secret), Encoding.UTF8.GetBytes(scope.Day));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(scope.Region));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(scope.Service));
        return HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(CredentialScope.Terminator));
    }

    private sealed record Entry(string Secret, byte[] Key);
}

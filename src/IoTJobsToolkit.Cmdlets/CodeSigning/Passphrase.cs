using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;

namespace IoTJobsToolkit.Cmdlets.CodeSigning;

/// <summary>A passphrase in the clear for as long as it is used, and wiped after that.</summary>
internal sealed class Passphrase : IDisposable
{
    private readonly char[] _characters;

    public Passphrase(SecureString? secret)
    {
        IsGiven = secret is not null;
        _characters = GC.AllocateUninitializedArray<char>(secret?.Length ?? 0, pinned: true);
        if (secret is null)
        {
            return;
        }
        var copy = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            Marshal.Copy(copy, _characters, 0, _characters.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(copy);
        }
    }

    public bool IsGiven { get; }

    public ReadOnlySpan<char> Characters => _characters;

    public void Dispose() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_characters.AsSpan()));
}

using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Engine.Tests.Access;

/// <summary>Hashes that can be read, and how often one was compared.</summary>
internal sealed class PlainPasswords : IPasswords
{
    public int Comparisons { get; private set; }

    public string Hash(string password) => $"hash of {password}";

    public bool Matches(string hash, string password)
    {
        Comparisons++;
        return hash == Hash(password);
    }
}

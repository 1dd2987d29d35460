using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Portal.Tests;

/// <summary>Hashes that take no time.</summary>
internal sealed class PlainPasswords : IPasswords
{
    public string Hash(string password) => $"hash of {password}";

    public bool Matches(string hash, string password) => hash == Hash(password);
}

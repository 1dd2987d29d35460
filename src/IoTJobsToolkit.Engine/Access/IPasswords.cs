namespace IoTJobsToolkit.Engine.Access;

/// <summary>Turns passwords into what may be stored, slowly on purpose.</summary>
public interface IPasswords
{
    string Hash(string password);

    /// <summary>False too where the hash cannot be read.</summary>
    bool Matches(string hash, string password);
}

/// <summary>For engines that know no accounts.</summary>
internal sealed class NoPasswords : IPasswords
{
    public static NoPasswords Instance { get; } = new();

    public string Hash(string password) => throw JobsException.InvalidRequest("This engine keeps no accounts. Use a server, or a database file.");

    public bool Matches(string hash, string password) => false;
}

using System.Security.Cryptography;

namespace IoTJobsToolkit.Server.Access;

internal static class NewPassword
{
    /// <summary>No two that look alike.</summary>
    private const string Characters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>100 bits, in groups that can be read aloud.</summary>
    public static string Make() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Characters, 5)));
}

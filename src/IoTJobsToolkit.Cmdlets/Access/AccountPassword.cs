using System.Security;
using IoTJobsToolkit.Cmdlets.CodeSigning;

namespace IoTJobsToolkit.Cmdlets;

internal static class AccountPassword
{
    /// <summary>In the clear, for the one call that carries it.</summary>
    public static string Of(SecureString password)
    {
        using var clear = new Passphrase(password);
        return new(clear.Characters);
    }
}

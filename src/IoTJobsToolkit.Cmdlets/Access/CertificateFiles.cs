using System.Management.Automation;
using System.Text;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Wire.Rendezvous;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>What a device needs, as files.</summary>
internal static class CertificateFiles
{
    /// <summary>Makes the folder; returns why it cannot be used.</summary>
    public static ErrorRecord? Prepare(string folder) => Try(folder, () => Directory.CreateDirectory(folder));

    public static ErrorRecord? Write(string folder, string thingName, CreateThingCertificateResponse issued) => Try(folder, () =>
    {
        var name = thingName.Replace(":", "%3A", StringComparison.Ordinal); // Which no file of Windows may have, and no thing's name has %.
        Save(folder, "ca.pem", issued.CaCertificatePem);
        Save(folder, $"{name}.cert.pem", issued.CertificatePem);
        if (issued.PrivateKey is { } key)
        {
            Save(folder, $"{name}.key.pem", key);
        }
    });

    private static void Save(string folder, string name, string pem) =>
        OwnerOnlyFile.Write(Path.Combine(folder, name), Encoding.ASCII.GetBytes(pem.EndsWith('\n') ? pem : pem + "\n"));

    private static ErrorRecord? Try(string folder, Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(exception, "CertificateNotWritten", ErrorCategory.WriteError, folder)
            {
                ErrorDetails = new($"The certificate cannot be written to {folder}: {exception.Message}")
                {
                    RecommendedAction = "Name a folder that you may write to with -DestinationPath.",
                },
            };
        }
    }
}

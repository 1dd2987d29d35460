namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>Why a database could not be opened, as an error's id: one of a few, however many exceptions a disk has.</summary>
internal static class OpenFailure
{
    /// <summary>The types are the store's, which the shell does not know.</summary>
    private static readonly string[] Types =
    [
        "DatabaseInUseException", "DatabaseDamagedException", "DatabaseFormatException", "StoreFailedException", "UnauthorizedAccessException",
    ];

    public static string Id(Exception exception)
    {
        var type = exception.GetType().Name;
        return Types.Contains(type) ? type : exception is IOException ? "IOException" : "DatabaseNotOpened";
    }
}

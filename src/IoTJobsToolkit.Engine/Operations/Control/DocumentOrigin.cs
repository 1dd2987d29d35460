using IoTJobsToolkit.Engine.Documents;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>Where the document of a job or a template comes from.</summary>
internal static class DocumentOrigin
{
    /// <summary>Exactly one origin (OPEN-22).</summary>
    public static void RequireOne(params (string Name, string? Value)[] origins)
    {
        var given = origins.Where(origin => origin.Value is not null).Select(origin => origin.Name).ToList();
        if (given.Count != 1)
        {
            var names = origins.Select(origin => origin.Name).ToList();
            throw JobsException.InvalidRequest(
                $"Exactly one of {string.Join(", ", names[..^1])} and {names[^1]} must be given; " +
                (given.Count == 0 ? "none is." : $"given are {string.Join(" and ", given)}."));
        }
    }

    public static void CheckSource(string? documentSource)
    {
        if (documentSource is not null && JobDocument.CheckSource(documentSource, out _) is { } problem)
        {
            throw JobsException.InvalidRequest(problem);
        }
    }

    /// <summary>Fetches a document from its source, which <see cref="CheckSource"/> has accepted.</summary>
    public static async Task<string> FetchAsync(JobsServices services, string documentSource, CancellationToken cancellationToken)
    {
        try
        {
            JobDocument.CheckSource(documentSource, out var location);
            return await services.ObjectStore.FetchDocumentAsync(location!, cancellationToken).ConfigureAwait(false);
        }
        catch (DocumentSourceException exception)
        {
            throw JobsException.InvalidRequest(exception.Message);
        }
    }
}

using IoTJobsToolkit.Engine.Templates;
using LiteDB;
using static IoTJobsToolkit.LiteDb.Mapping.JobConfigurationMapping;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>A job template with its document.</summary>
internal static class TemplateMapping
{
    public static BsonDocument ToDocument(JobTemplate template)
    {
        var document = new BsonDocument
        {
            ["_id"] = template.Sequence,
            ["id"] = template.TemplateId,
            ["c"] = template.CreatedAt.ToUnixTimeMilliseconds(),
            ["d"] = template.Description,
            ["doc"] = template.Document,
        };
        document.Set("src", template.DocumentSource);
        document.SetPart("url", FromPresignedUrl(template.PresignedUrlConfig));
        document.SetPart("ro", FromRollout(template.JobExecutionsRolloutConfig));
        document.SetPart("ab", FromAbort(template.AbortConfig));
        document.SetPart("to", FromTimeout(template.TimeoutConfig));
        document.SetPart("re", FromRetry(template.JobExecutionsRetryConfig));
        document.Set("mw", template.MaintenanceWindows, FromWindow);
        document.Set("pv", template.DestinationPackageVersions, version => version);
        document.Set("tag", template.Tags, Fields.FromTag);
        return document;
    }

    public static JobTemplate ToTemplate(BsonDocument document) => new()
    {
        Sequence = document["_id"].AsInt64,
        TemplateId = document["id"].AsString,
        CreatedAt = document.Time("c")!.Value,
        Description = document["d"].AsString,
        Document = document["doc"].AsString,
        DocumentSource = document.Text("src"),
        PresignedUrlConfig = document.Part("url", ToPresignedUrl),
        JobExecutionsRolloutConfig = document.Part("ro", ToRollout),
        AbortConfig = document.Part("ab", ToAbort),
        TimeoutConfig = document.Part("to", ToTimeout),
        JobExecutionsRetryConfig = document.Part("re", ToRetry),
        MaintenanceWindows = document.List("mw", ToWindow),
        DestinationPackageVersions = document.List("pv", version => version.AsString),
        Tags = document.List("tag", Fields.ToTag) ?? [],
    };
}

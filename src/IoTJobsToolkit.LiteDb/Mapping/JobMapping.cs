using IoTJobsToolkit.Engine.Jobs;
using LiteDB;
using static IoTJobsToolkit.LiteDb.Mapping.JobConfigurationMapping;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>A job: what the operator said and its state.</summary>
internal static class JobMapping
{
    public static BsonDocument ToDocument(Job job)
    {
        var document = new BsonDocument
        {
            ["_id"] = job.Sequence,
            ["id"] = job.JobId,
            ["c"] = job.CreatedAt.ToUnixTimeMilliseconds(),
            ["u"] = job.LastUpdatedAt.ToUnixTimeMilliseconds(),
            ["s"] = (int)job.Status,
            ["sel"] = (int)job.TargetSelection,
            ["snap"] = job.SnapshotSequence,
        };
        document.Set("t", job.Targets, FromTarget);
        document.Set("e", job.CompletedAt);
        document.Set("f", job.ForceCanceled);
        document.Set("rc", job.ReasonCode);
        document.Set("cm", job.Comment);
        document.Set("d", job.Description);
        document.Set("src", job.DocumentSource);
        document.SetPart("url", FromPresignedUrl(job.PresignedUrlConfig));
        document.SetPart("ro", FromRollout(job.JobExecutionsRolloutConfig));
        document.SetPart("ab", FromAbort(job.AbortConfig));
        document.SetPart("to", FromTimeout(job.TimeoutConfig));
        document.SetPart("re", FromRetry(job.JobExecutionsRetryConfig));
        document.SetPart("sc", FromSchedule(job.SchedulingConfig));
        document.Set("st", job.StartedAt);
        document.Set("pu", job.PurgedAt);
        document.Set("ns", job.NamespaceId);
        document.Set("pv", job.DestinationPackageVersions, version => version);
        document.Set("tpl", job.JobTemplateArn);
        document.SetMap("dp", job.DocumentParameters);
        document.Set("rs", job.RestartOf);
        document.SetPart("ctl", ControlsMapping.From(job.Controls));
        document.Set("tag", job.Tags, Fields.FromTag);
        return document;
    }

    public static Job ToJob(BsonDocument document) => new()
    {
        Sequence = document["_id"].AsInt64,
        JobId = document["id"].AsString,
        Targets = document.List("t", ToTarget)!,
        CreatedAt = document.Time("c")!.Value,
        LastUpdatedAt = document.Time("u")!.Value,
        CompletedAt = document.Time("e"),
        TargetSelection = (TargetSelection)document["sel"].AsInt32,
        Status = (JobStatus)document["s"].AsInt32,
        ForceCanceled = document.Boolean("f"),
        ReasonCode = document.Text("rc"),
        Comment = document.Text("cm"),
        Description = document.Text("d"),
        DocumentSource = document.Text("src"),
        PresignedUrlConfig = document.Part("url", ToPresignedUrl),
        JobExecutionsRolloutConfig = document.Part("ro", ToRollout),
        AbortConfig = document.Part("ab", ToAbort),
        TimeoutConfig = document.Part("to", ToTimeout),
        JobExecutionsRetryConfig = document.Part("re", ToRetry),
        SchedulingConfig = document.Part("sc", ToSchedule),
        StartedAt = document.Time("st") ?? (document.ContainsKey("sc") ? null : document.Time("c")), // Before format 2 a job began as it was made.
        PurgedAt = document.Time("pu"),
        NamespaceId = document.Text("ns"),
        DestinationPackageVersions = document.List("pv", version => version.AsString),
        JobTemplateArn = document.Text("tpl"),
        DocumentParameters = document.Map("dp"),
        RestartOf = document.Text("rs"),
        Controls = document.Part("ctl", ControlsMapping.To),
        Tags = document.List("tag", Fields.ToTag) ?? [],
        SnapshotSequence = document["snap"].AsInt64,
    };

    private static BsonValue FromTarget(JobTarget target) => new BsonDocument
    {
        ["a"] = target.Arn,
        ["k"] = (int)target.Kind,
        ["n"] = target.Name,
        ["q"] = target.Sequence,
        ["j"] = target.AssociatedSequence,
    };

    private static JobTarget ToTarget(BsonValue target) =>
        new(target["a"].AsString, (TargetKind)target["k"].AsInt32, target["n"].AsString, target["q"].AsInt64)
        {
            AssociatedSequence = target.AsDocument.Int64("j") ?? 0,
        };
}

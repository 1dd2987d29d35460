using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Jobs;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>What holds a job back beside AWS's own means.</summary>
internal static class ControlsMapping
{
    public static BsonDocument? From(JobControls? controls)
    {
        if (controls is null)
        {
            return null;
        }
        var document = new BsonDocument();
        document.Set("m", controls.MaxInFlight);
        document.Set("p", controls.PauseCriteriaList, FromCriteria);
        document.Set("s", controls.Stages, FromStage);
        document.Set("v", controls.VerificationInMinutes);
        document.Set("r", controls.Priority == 0 ? null : controls.Priority);
        document.Set("d", controls.DependsOn, first => new BsonDocument { ["i"] = first.JobId, ["q"] = first.Sequence });
        document.Set("k", controls.DependencyScope == DependencyScope.JOB ? null : (int)controls.DependencyScope);
        return document;
    }

    public static JobControls To(BsonDocument document) => new()
    {
        MaxInFlight = document.Int32("m"),
        PauseCriteriaList = document.List("p", ToCriteria) ?? [],
        Stages = document.List("s", ToStage) ?? [],
        VerificationInMinutes = document.Int32("v"),
        Priority = document.Int32("r") ?? 0,
        DependsOn = document.List("d", first => new JobDependency(first["i"].AsString, first["q"].AsInt64)) ?? [],
        DependencyScope = (DependencyScope)(document.Int32("k") ?? 0),
    };

    private static BsonDocument FromCriteria(PauseCriteria criteria)
    {
        var document = new BsonDocument();
        document.Set("t", (int?)criteria.FailureType);
        document.Set("p", criteria.ThresholdPercentage);
        document.Set("m", criteria.MinNumberOfExecutedThings);
        return document;
    }

    private static PauseCriteria ToCriteria(BsonValue value) => new()
    {
        FailureType = (JobExecutionFailureType?)value.AsDocument.Int32("t"),
        ThresholdPercentage = value.AsDocument.Decimal("p"),
        MinNumberOfExecutedThings = value.AsDocument.Int32("m"),
    };

    private static BsonDocument FromStage(RolloutStage stage)
    {
        var document = new BsonDocument { ["n"] = stage.Things };
        document.Set("p", stage.SuccessPercentage);
        return document;
    }

    private static RolloutStage ToStage(BsonValue value) => new(value["n"].AsInt32) { SuccessPercentage = value.AsDocument.Decimal("p") };
}

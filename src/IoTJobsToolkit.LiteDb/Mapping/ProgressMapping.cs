using System.Buffers.Binary;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>A job's progress: written with nearly every commit, so it is small and keeps its size.</summary>
internal static class ProgressMapping
{
    private const int UsualSize = 256;
    private const int GrowthStep = 128;

    public static BsonDocument ToDocument(JobProgress progress)
    {
        var document = new BsonDocument { ["_id"] = progress.JobSequence, ["c"] = Write(progress.Counts), ["h"] = progress.ChangedAt.ToUnixTimeMilliseconds() };
        document.SetPart("r", FromRollout(progress.Rollout));
        document.SetPart("s", FromSweep(progress.Sweep));
        document.Set("sa", progress.ScheduleAt);
        document.Set("cl", progress.IsOpen ? null : true);
        document.SetPart("pz", FromPause(progress.Pause));
        document.SetPart("ap", FromApproval(progress.Approval));
        document.Set("wf", progress.WaitsFor.Count > 0 ? progress.WaitsFor : null, first => first);
        document.Set("ld", progress.LostDependency);
        document.SetPart("cf", progress.CountedFrom == default ? null : new(Write(progress.CountedFrom)));
        document.Set("sp", progress.StagesPassed == 0 ? null : progress.StagesPassed);
        document.Set("fs", progress.Fresh.Count > 0 ? progress.Fresh.SelectMany(fresh => new[] { fresh.CountAt.ToUnixTimeMilliseconds(), fresh.Count }) : null, value => value);
        document.Set("pf", progress.PostponedAfter);
        document.Set("pe", progress.IsPastEnd ? true : null);
        document.Set("pn", progress.Postponed == 0 ? null : progress.Postponed);
        document.Set("pa", progress.PostponedAt);
        document.Set("fr", progress.Failures?.ByReason.SelectMany(pair => new BsonValue[] { pair.Key, pair.Value }), value => value);
        document.Set("fo", progress.Failures is { Others: > 0 } failures ? failures.Others : null);
        document.Set("rn", progress.RolledOut.Notified == 0 ? null : progress.RolledOut.Notified);
        document.Set("ri", progress.RolledOut.Increases == 0 ? null : progress.RolledOut.Increases);
        return document.PadTo(UsualSize, GrowthStep);
    }

    public static JobProgress ToProgress(BsonDocument document) => new(document["_id"].AsInt64)
    {
        Counts = Read(document["c"].AsBinary),
        Failures = document.List("fr", value => value) is { } reasons ? ToFailures(reasons, document.Int64("fo") ?? 0) : null,
        ChangedAt = document.Time("h")!.Value,
        Rollout = document.Part("r", ToRollout),
        Sweep = document.Part("s", ToSweep),
        ScheduleAt = document.Time("sa"),
        IsOpen = document.Boolean("cl") != true,
        Pause = document.Part("pz", part => new JobPause(part.Time("t")!.Value, part["b"].AsString, part.Text("c"))),
        Approval = document.Part("ap", part => new JobApproval(part.Time("t")!.Value, part["b"].AsString, part.Time("x")!.Value)),
        WaitsFor = document.List("wf", first => first.AsInt64) ?? [],
        LostDependency = document.Text("ld"),
        CountedFrom = document.TryGetValue("cf", out var from) ? Read(from.AsBinary) : default,
        StagesPassed = document.Int32("sp") ?? 0,
        Fresh = document.List("fs", value => value.AsInt64) is { } fresh ? ToFresh(fresh) : [],
        PostponedAfter = document.Text("pf"),
        IsPastEnd = document.Boolean("pe") == true,
        Postponed = document.Int64("pn") ?? 0,
        PostponedAt = document.Time("pa"),
        RolledOut = new(document.Int64("rn") ?? 0, document.Int32("ri") ?? 0),
    };

    private static List<FreshSuccesses> ToFresh(IReadOnlyList<long> values) =>
        [.. values.Chunk(2).Select(pair => new FreshSuccesses(DateTimeOffset.FromUnixTimeMilliseconds(pair[0]), pair[1]))];

    private static BsonDocument? FromApproval(JobApproval? approval) => approval is null ? null : new()
    {
        ["t"] = approval.RequestedAt.ToUnixTimeMilliseconds(),
        ["b"] = approval.By,
        ["x"] = approval.ExpiresAt.ToUnixTimeMilliseconds(),
    };

    private static FailureCounts ToFailures(IReadOnlyList<BsonValue> reasons, long others) => FailureCounts.None with
    {
        ByReason = FailureCounts.None.ByReason.AddRange(reasons.Chunk(2).Select(pair => KeyValuePair.Create(pair[0].AsString, pair[1].AsInt64))),
        Others = others,
    };

    private static BsonDocument? FromPause(JobPause? pause)
    {
        if (pause is null)
        {
            return null;
        }
        var document = new BsonDocument { ["t"] = pause.At.ToUnixTimeMilliseconds(), ["b"] = pause.By };
        document.Set("c", pause.Comment);
        return document;
    }

    public static BsonDocument ToDocument(PostponedExecution postponed)
    {
        var document = new BsonDocument
        {
            ["_id"] = Keys.Named(postponed.JobSequence, postponed.ThingName),
            ["q"] = postponed.ThingSequence,
            ["o"] = (int)postponed.Origin,
            ["r"] = postponed.RetryAttempt,
            ["rf"] = postponed.RetriesUsed.Failed,
            ["rt"] = postponed.RetriesUsed.TimedOut,
        };
        document.Set("b", postponed.By);
        return document;
    }

    public static PostponedExecution ToPostponed(BsonDocument document)
    {
        var key = new KeyReader(document["_id"].AsBinary);
        return new(
            key.ReadInt64(), key.ReadText(), document["q"].AsInt64, (ChangeOrigin)document["o"].AsInt32, document["r"].AsInt32,
            new(document["rf"].AsInt32, document["rt"].AsInt32))
        {
            By = document.Text("b"),
        };
    }

    private static byte[] Write(ExecutionCounts counts)
    {
        long[] numbers =
        [
            counts.Queued, counts.InProgress, counts.Succeeded, counts.Failed,
            counts.TimedOut, counts.Rejected, counts.Removed, counts.Canceled,
        ];
        var bytes = new byte[numbers.Length * sizeof(long)];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), numbers[i]);
        }
        return bytes;
    }

    private static ExecutionCounts Read(byte[] bytes)
    {
        long At(int index) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(index * sizeof(long)));
        return new(At(0), At(1), At(2), At(3), At(4), At(5), At(6), At(7));
    }

    private static BsonDocument? FromRollout(Rollout? rollout)
    {
        if (rollout is null)
        {
            return null;
        }
        var document = new BsonDocument
        {
            ["w"] = rollout.WindowAt.ToUnixTimeMilliseconds(),
            ["l"] = rollout.WindowLeft,
            ["n"] = rollout.Notified,
            ["i"] = rollout.Increases,
            ["t"] = rollout.Target,
            ["k"] = rollout.IsLooking,
        };
        document.Set("a", rollout.AfterThing);
        document.Set("h", (int?)rollout.Hold);
        document.Set("la", rollout.LooksAgainAt);
        document.Set("wo", rollout.WentOnAt);
        document.Set("p", rollout.IsPaused ? true : null);
        document.Set("ra", rollout.GoesRoundAgain ? true : null);
        document.Set("rb", rollout.HasBeenRound ? true : null);
        return document;
    }

    private static Rollout ToRollout(BsonDocument document) => new(
        document.Time("w")!.Value, document["l"].AsInt64, document["n"].AsInt64, document["i"].AsInt32, document["t"].AsInt32,
        document.Text("a"))
    {
        Hold = (RolloutHold?)document.Int32("h"),
        LooksAgainAt = document.Time("la"),
        WentOnAt = document.Time("wo"),
        IsLooking = document["k"].AsBoolean,
        IsPaused = document.Boolean("p") == true,
        GoesRoundAgain = document.Boolean("ra") == true,
        HasBeenRound = document.Boolean("rb") == true,
    };

    private static BsonDocument? FromSweep(JobSweep? sweep)
    {
        if (sweep is null)
        {
            return null;
        }
        var document = new BsonDocument
        {
            ["k"] = (int)sweep.Kind,
            ["a"] = sweep.At.ToUnixTimeMilliseconds(),
            ["b"] = sweep.By,
            ["f"] = sweep.Force,
            ["o"] = (int)sweep.Origin,
        };
        document.SetPart("e", sweep.After is { } after ? new BsonValue(Keys.Of(after)) : null);
        document.SetPart("p", FromSweep(sweep.Earlier));
        return document;
    }

    private static JobSweep ToSweep(BsonDocument document) => new(
        (SweepKind)document["k"].AsInt32, document.Time("a")!.Value, document["b"].AsString, document["f"].AsBoolean,
        document.TryGetValue("e", out var after) ? Keys.ToExecutionKey(after.AsBinary) : null)
    {
        Origin = (ChangeOrigin)document["o"].AsInt32,
        Earlier = document.Part("p", ToSweep),
    };
}

using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.LiteDb.Mapping;
using LiteDB;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests;

public sealed class ChangeDetailsTests
{
    private static readonly Dictionary<string, string> Started = new() { ["step"] = "download", ["progress"] = "0%" };
    private static readonly Dictionary<string, string> Ended = new() { ["error"] = "disk full", ["code"] = "28", ["step"] = "install" };

    private static JobExecution Execution(Dictionary<string, string>? started, Dictionary<string, string>? ended) => Conformance.Records.Execution(1, thing: "thing-000123") with
    {
        Status = JobExecutionStatus.FAILED,
        StartedAt = Time,
        StatusDetails = Ended,
        VersionNumber = 3,
        History =
        [
            new(Time, null, JobExecutionStatus.QUEUED, 1, ChangeOrigin.Rollout, "system"),
            new(Time, JobExecutionStatus.QUEUED, JobExecutionStatus.IN_PROGRESS, 2, ChangeOrigin.Device, "thing-000123") { Details = started },
            new(Time, JobExecutionStatus.IN_PROGRESS, JobExecutionStatus.FAILED, 3, ChangeOrigin.Device, "thing-000123") { Details = ended },
        ],
    };

    [Fact]
    public void Without_details_of_changes_a_document_is_as_it_was_before_there_were_any()
    {
        var document = ExecutionMapping.ToBareDocument(Execution(null, null));

        Assert.DoesNotContain("hd", document.Keys);
        Assert.All(ExecutionMapping.ToExecution(document).History, change => Assert.Null(change.Details));
    }

    [Fact]
    public void With_a_few_details_it_keeps_the_usual_size() => Assert.Equal(
        BsonSerializer.Serialize(ExecutionMapping.ToDocument(Execution(null, null))).Length,
        BsonSerializer.Serialize(ExecutionMapping.ToDocument(Execution(Started, Ended))).Length);
}

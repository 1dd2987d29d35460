using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>Returns one execution in any status, without the document; the latest where no number is given.</summary>
public sealed record DescribeJobExecution(string JobId, string ThingName) : Operation<DescribeJobExecutionResponse>
{
    public long? ExecutionNumber { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.ThingName(ThingName);
    }

    internal override DescribeJobExecutionResponse Run(JobsTransaction tx)
    {
        var execution = tx.LatestExecution(tx.Job(JobId), tx.Thing(ThingName), ExecutionNumber);
        return new(JobExecutionDetail.Of(execution, tx.Settings, tx.Now));
    }
}

public sealed record DescribeJobExecutionResponse(JobExecutionDetail Execution);

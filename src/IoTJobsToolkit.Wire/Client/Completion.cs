using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>Puts back what an answer does not say because the caller asked for it: with it, an answer is what the engine itself gives.</summary>
internal static class Completion
{
    public static object Complete(Operation operation, object answer) => (operation, answer) switch
    {
        // In dialect seed the server answers nothing (C-1).
        (CancelJob asked, CancelJobResponse { JobId: null } silent) => silent with { JobId = asked.JobId },
        (ListJobExecutionsForJob asked, ListJobExecutionsForJobResponse { ExecutionSummaries: { } lines } list) =>
            list with { ExecutionSummaries = [.. lines.Select(line => line with { JobId = asked.JobId })] },
        (ListJobExecutionsForThing asked, ListJobExecutionsForThingResponse { ExecutionSummaries: { } lines } list) =>
            list with { ExecutionSummaries = [.. lines.Select(line => line with { ThingName = asked.ThingName })] },
        _ => answer,
    };
}

using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>Deletes a job template with its tags; jobs made from it stay as they are (jobs-reference 12.1).</summary>
public sealed record DeleteJobTemplate(string JobTemplateId) : Operation<Nothing>
{
    internal override void Validate(Check check) => check.JobTemplateId(JobTemplateId);

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.JOB_TEMPLATE, JobTemplateId);

    internal override Nothing Run(JobsTransaction tx)
    {
        tx.Delete(tx.Template(JobTemplateId));
        return Nothing.Value;
    }
}

using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Templates;

namespace IoTJobsToolkit.Engine;

/// <summary>The job templates of a transaction.</summary>
internal sealed partial class JobsTransaction
{
    public JobTemplate Template(string templateId) =>
        FindTemplate(templateId) ?? throw JobsException.NotFound($"There is no job template {templateId}.");

    public JobTemplate? FindTemplate(string templateId)
    {
        var committed = _memory.Templates.Find(templateId);
        for (var scope = this; scope is not null && committed is not null; scope = scope._group)
        {
            if (scope._changes is { } changes && changes.Templates.TryGetValue(committed.Sequence, out var change))
            {
                return change.After;
            }
        }
        return committed;
    }

    public void Save(JobTemplate? before, JobTemplate after) => JobsChanges.Put(Changes.Templates, after.Sequence, before, after);

    public void Delete(JobTemplate template) => JobsChanges.Put(Changes.Templates, template.Sequence, template, null);
}

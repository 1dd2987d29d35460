using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Templates;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>All job templates by id, ordinal, as of the last commit. Any thread reads; only the store's thread writes.</summary>
internal sealed class TemplateShelf(IEnumerable<JobTemplate> templates)
{
    private volatile ImmutableSortedDictionary<string, JobTemplate> _byId =
        templates.ToImmutableSortedDictionary(template => template.TemplateId, template => template, StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, JobTemplate> ById => _byId;

    public JobTemplate? Find(string templateId) => _byId.GetValueOrDefault(templateId);

    public void Publish(Dictionary<long, Change<JobTemplate>> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }
        var byId = _byId.ToBuilder();
        foreach (var deleted in changes.Values.Where(change => change.After is null))
        {
            byId.Remove(deleted.Before!.TemplateId);
        }
        foreach (var template in changes.Values.Select(change => change.After).OfType<JobTemplate>())
        {
            byId[template.TemplateId] = template;
        }
        _byId = byId.ToImmutable();
    }
}

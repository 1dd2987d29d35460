using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Adds tags to a job, job template or thing group; a key which it has already gets the new value (jobs-reference 13.1).</summary>
public sealed record TagResource(string ResourceArn, IReadOnlyList<Tag> Tags) : Operation<TagResourceResponse>
{
    internal override void Validate(Check check)
    {
        TaggedResource.CheckArn(check, ResourceArn);
        check.Required("tags", Tags);
        check.EachTag(Tags);
    }

    internal override ActivityNote Note(JobsTransaction tx) => TaggedResource.Note(tx, ResourceArn, Tags.Select(tag => tag.Key));

    internal override TagResourceResponse Run(JobsTransaction tx)
    {
        var resource = TaggedResource.Find(tx, ResourceArn);
        var keys = Tags.Select(tag => tag.Key).ToHashSet(StringComparer.Ordinal);
        var tags = resource.Tags.Where(tag => !keys.Contains(tag.Key)).Concat(Tags).ToList();
        if (tags.Count > Tag.MaxPerResource)
        {
            throw JobsException.LimitExceeded(
                $"A resource may have {Tag.MaxPerResource} tags; {ResourceArn} has {resource.Tags.Count} and would have {tags.Count}.");
        }
        if (Tags.Count > 0)
        {
            resource.Save(tags);
        }
        return new();
    }
}

public sealed record TagResourceResponse;

using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Removes tags by key; a key which the resource does not have is passed over.</summary>
public sealed record UntagResource(string ResourceArn, IReadOnlyList<string> TagKeys) : Operation<UntagResourceResponse>
{
    internal override void Validate(Check check)
    {
        TaggedResource.CheckArn(check, ResourceArn);
        check.Required("tagKeys", TagKeys);
        for (var i = 0; i < TagKeys.Count; i++)
        {
            check.Required($"tagKeys.{i + 1}.member", TagKeys[i]);
            check.Text($"tagKeys.{i + 1}.member", TagKeys[i], 1, 128, TextPattern.TagKey);
        }
    }

    internal override ActivityNote Note(JobsTransaction tx) => TaggedResource.Note(tx, ResourceArn, TagKeys);

    internal override UntagResourceResponse Run(JobsTransaction tx)
    {
        var resource = TaggedResource.Find(tx, ResourceArn);
        var tags = resource.Tags.Where(tag => !TagKeys.Contains(tag.Key, StringComparer.Ordinal)).ToList();
        if (tags.Count < resource.Tags.Count)
        {
            resource.Save(tags);
        }
        return new();
    }
}

public sealed record UntagResourceResponse;

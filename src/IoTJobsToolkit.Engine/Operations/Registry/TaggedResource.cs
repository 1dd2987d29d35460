using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>A job, job template or thing group, as far as its tags go (jobs-reference 13.1).</summary>
/// <param name="Save">Puts other tags in their place.</param>
internal sealed record TaggedResource(IReadOnlyList<Tag> Tags, Action<IReadOnlyList<Tag>> Save)
{
    private static readonly string[] Kinds = ["job", "jobtemplate", "thinggroup"];

    /// <summary>An ARN of another account or region counts as not existing.</summary>
    public static TaggedResource Find(JobsTransaction tx, string arn)
    {
        if (tx.Settings.NameOf("job", arn) is { } jobId && tx.FindJob(jobId) is { } job)
        {
            return new(job.Tags, tags => tx.Save(job, job with { Tags = tags }, "tagged", string.Join(", ", tags.Select(tag => tag.Key))));
        }
        if (tx.Settings.NameOf("jobtemplate", arn) is { } templateId && tx.FindTemplate(templateId) is { } template)
        {
            return new(template.Tags, tags => tx.Save(template, template with { Tags = tags }));
        }
        if (tx.Settings.NameOf("thinggroup", arn) is { } groupName && tx.FindGroup(groupName) is { } group)
        {
            return new(group.Tags, tags => tx.Save(group, group with { Tags = tags }));
        }
        throw JobsException.NotFound($"There is no resource {arn} in account {tx.Settings.AccountId}, region {tx.Settings.Region}.");
    }

    /// <summary>Says by their keys which tags changed.</summary>
    public static ActivityNote Note(JobsTransaction tx, string arn, IEnumerable<string?> keys)
    {
        var tags = ActivityNote.Listed("tags", keys);
        return tx.Settings.NameOf("job", arn) is { } job ? new(ActivitySubject.JOB, job, tags)
            : tx.Settings.NameOf("jobtemplate", arn) is { } template ? new(ActivitySubject.JOB_TEMPLATE, template, tags)
            : new(ActivitySubject.THING_GROUP, tx.Settings.NameOf("thinggroup", arn)!, tags);
    }

    public static void CheckArn(Check check, string? arn)
    {
        check.Required("resourceArn", arn);
        // arn:aws:iot:REGION:ACCOUNT:KIND/NAME
        var parts = arn!.Split(':', 6);
        if (parts is not ["arn", _, "iot", _, _, var resource] || !Kinds.Contains(resource.Split('/')[0], StringComparer.Ordinal))
        {
            throw Check.Failed("resourceArn", arn, "Member must be the ARN of a job, a job template or a thing group");
        }
    }
}

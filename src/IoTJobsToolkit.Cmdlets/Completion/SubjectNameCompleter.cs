using IoTJobsToolkit.Cmdlets.Connection;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Names of what operators change: jobs, thing groups, templates and things.</summary>
public sealed class SubjectNameCompleter : LiveCompleter
{
    private protected override async Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken)
    {
        await JobIdCompleter.AddAsync(lease.Jobs, search, null, job => job.JobId, cancellationToken).ConfigureAwait(false);
        await ThingGroupNameCompleter.AddAsync(lease.Jobs, search, search.Prefix, group => group.GroupName, cancellationToken).ConfigureAwait(false);
        await JobTemplates.AddAsync(lease.Jobs, search, template => template.JobTemplateId, cancellationToken).ConfigureAwait(false);
        await ThingNames.FindAsync(lease, search.Prefix, search.Add, () => search.IsEnough, cancellationToken).ConfigureAwait(false);
    }
}

using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Teaching;

using Page = (IEnumerable<string> Names, string? NextToken);

/// <summary>What it is that has a name, and how such names are read.</summary>
/// <param name="ReadAsync">A page of names and the token of the next.</param>
internal sealed record NameKind(Func<IJobs, string?, CancellationToken, Task<Page>> ReadAsync)
{
    public static NameKind Job { get; } = new(
        Reader(token => new ListJobs { NextToken = token }, page => (page.Jobs.Select(job => job.JobId), page.NextToken)));

    public static NameKind Thing { get; } = new(
        Reader(token => new ListThings { NextToken = token }, page => (page.Things.Select(thing => thing.ThingName), page.NextToken)))
    {
        BeginningAsync = async (jobs, prefix, stop) =>
            (await jobs.ExecuteAsync(new SearchThings { ThingNamePrefix = prefix }, stop).ConfigureAwait(false)).Things.Select(thing => thing.ThingName),
    };

    public static NameKind Group { get; } = new(
        Reader(token => new ListThingGroups { NextToken = token }, page => (page.ThingGroups.Select(group => group.GroupName), page.NextToken)));

    public static NameKind Template { get; } = new(
        Reader(token => new ListJobTemplates { NextToken = token }, page => (page.JobTemplates.Select(template => template.JobTemplateId), page.NextToken)));

    public static NameKind ManagedTemplate { get; } = new(
        Reader(
            token => new ListManagedJobTemplates { NextToken = token },
            page => (page.ManagedJobTemplates.Select(template => template.TemplateName), page.NextToken)));

    /// <summary>The first names that begin with a text: where there are very many, the quickest way to those that are spelt alike. Not at AWS.</summary>
    public Func<IJobs, string, CancellationToken, Task<IEnumerable<string>>>? BeginningAsync { get; private init; }

    private static Func<IJobs, string?, CancellationToken, Task<Page>> Reader<TPage>(Func<string?, Operation<TPage>> list, Func<TPage, Page> read) =>
        async (jobs, token, stop) => read(await jobs.ExecuteAsync(list(token), stop).ConfigureAwait(false));
}

using System.Management.Automation;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// Names as people type them: a plain one is taken as it is; a wildcard, without case, stands for all that match, read page by page as they are
/// wanted. No name can hold a wildcard's characters.
/// </summary>
public abstract partial class IoTJobsCmdlet
{
    /// <param name="statuses">Of jobs that wildcards stand for; all where none is given.</param>
    private protected IEnumerable<MatchedName> JobIds(IEnumerable<string> given, params JobStatus[] statuses) => Match(
        given,
        pattern => All(statuses).SelectMany(status => Every(
            pattern, token => new ListJobs { Status = status, NextToken = token }, page => (page.Jobs.Select(job => job.JobId), page.NextToken))));

    private protected IEnumerable<MatchedName> ThingNames(IEnumerable<string> given) => Match(
        given,
        pattern => Every(pattern, token => new ListThings { NextToken = token }, page => (page.Things.Select(thing => thing.ThingName), page.NextToken)));

    private protected IEnumerable<MatchedName> GroupNames(IEnumerable<string> given) => Match(
        given,
        pattern => Every(pattern, token => new ListThingGroups { NextToken = token }, page => (page.ThingGroups.Select(group => group.GroupName), page.NextToken)));

    /// <summary>Wildcards stand for groups of one kind.</summary>
    private protected IEnumerable<MatchedName> GroupNames(IEnumerable<string> given, bool areDynamic) => GroupNames(given).Where(group =>
        !group.IsListed ||
        Find(new DescribeThingGroup(group.Name), group.Name) is { } described && described.QueryString is not null == areDynamic);

    private protected IEnumerable<MatchedName> TemplateIds(IEnumerable<string> given) => Match(
        given,
        pattern => Every(
            pattern, token => new ListJobTemplates { NextToken = token }, page => (page.JobTemplates.Select(template => template.JobTemplateId), page.NextToken)));

    private protected IEnumerable<MatchedName> ManagedTemplateNames(IEnumerable<string> given) => Match(
        given,
        pattern => Every(
            pattern,
            token => new ListManagedJobTemplates { NextToken = token },
            page => (page.ManagedJobTemplates.Select(template => template.TemplateName), page.NextToken)).Distinct());

    /// <summary>Pairs that wildcards stand for are those of executions that there are, however many attempts: each once.</summary>
    /// <param name="number">Of executions that wildcards stand for; any where it is null.</param>
    /// <param name="statuses">Of executions that wildcards stand for, pending ones, of which a thing has one; all where none is given.</param>
    private protected IEnumerable<MatchedExecution> Executions(string jobId, IEnumerable<string> things, long? number, params JobExecutionStatus[] statuses) =>
        things.SelectMany(thing => (IsWildcard(jobId), IsWildcard(thing)) switch
        {
            (false, false) => [new(jobId, thing, IsListed: false)],
            (true, false) => Once(
                Wanted(jobId, ListedForThing(thing, number, statuses)).Select(id => new MatchedExecution(id, thing, IsListed: true)), statuses),
            _ => JobIds([jobId]).SelectMany(job => Once(
                Wanted(thing, ListedForJob(job.Name, number, statuses)).Select(name => new MatchedExecution(job.Name, name, IsListed: true)), statuses)),
        });

    /// <summary>Describes what was named; what is missing is an error, unless a wildcard stood for it.</summary>
    private protected void Describe<T>(IEnumerable<MatchedName> names, Func<string, Operation<T>> describe)
        where T : class
    {
        foreach (var (name, isListed) in names)
        {
            Describe(describe(name), name, isListed, Selection.Whole);
        }
    }

    private protected void Describe<T>(Operation<T> operation, string name, bool isListed, string answer)
        where T : class
    {
        if (!isListed)
        {
            Send(operation, name, answer);
            return;
        }
        Selection.CheckProperties(this, typeof(T), SelectOr(answer));
        if (Find(operation, name) is { } described)
        {
            Write(described, name, answer);
        }
    }

    private static bool IsWildcard(string name) => WildcardPattern.ContainsWildcardCharacters(name);

    private static IEnumerable<MatchedName> Match(IEnumerable<string> given, Func<string, IEnumerable<string>> list) => given.SelectMany(name => IsWildcard(name)
        ? Wanted(name, list(name)).Select(listed => new MatchedName(listed, IsListed: true))
        : [new(name, IsListed: false)]);

    private static IEnumerable<string> Wanted(string pattern, IEnumerable<string> names) => names.Where(Selection.Wildcard(pattern).IsMatch);

    private IEnumerable<string> ListedForThing(string thing, long? number, JobExecutionStatus[] statuses) => All(statuses).SelectMany(status => Every(
        thing,
        token => new ListJobExecutionsForThing(thing) { Status = status, NextToken = token },
        page => (page.ExecutionSummaries.Where(execution => Is(number, execution.ExecutionNumber)).Select(execution => execution.JobId), page.NextToken)));

    private IEnumerable<string> ListedForJob(string jobId, long? number, JobExecutionStatus[] statuses) => All(statuses).SelectMany(status => Every(
        jobId,
        token => new ListJobExecutionsForJob(jobId) { Status = status, NextToken = token },
        page => (page.ExecutionSummaries.Where(execution => Is(number, execution.ExecutionNumber)).Select(execution => execution.ThingName), page.NextToken)));

    private static bool Is(long? wanted, long number) => wanted is null || wanted == number;

    private static IEnumerable<MatchedExecution> Once(IEnumerable<MatchedExecution> executions, JobExecutionStatus[] statuses) =>
        statuses.Length > 0 ? executions : executions.Distinct();

    /// <summary>Null, for all, where nothing narrower is wanted.</summary>
    private static IEnumerable<TStatus?> All<TStatus>(TStatus[] statuses)
        where TStatus : struct => statuses.Length > 0 ? statuses.Select(status => (TStatus?)status) : [null];
}

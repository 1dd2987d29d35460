using IoTJobsToolkit.Engine.Things.Queries;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>The rules of a dynamic group's query (http-api 12, CreateDynamicThingGroup).</summary>
internal static class DynamicQuery
{
    /// <summary>The one index there is.</summary>
    public const string Index = "AWS_Things";

    public const string Version = "2017-09-30";


    public static void Check(Check check, string? query, string? index, string? version)
    {
        if (index is not (null or Index))
        {
            throw new JobsException(JobsError.ResourceNotFound, $"There is no index {index}; the one there is is {Index}.");
        }
        if (version is not (null or Version))
        {
            throw Validation.Check.Failed("queryVersion", version, $"Member must be {Version}");
        }
        if (query is null)
        {
            return;
        }
        try
        {
            ThingQuery.Parse(query, check.HasLimits ? ThingQuery.MaxTerms : null);
        }
        catch (ThingQueryException exception)
        {
            throw new JobsException(JobsError.InvalidQuery, $"queryString cannot be read: {exception.Message}", exception);
        }
    }
}

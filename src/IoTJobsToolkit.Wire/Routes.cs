using System.Collections.Frozen;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using static IoTJobsToolkit.Wire.Plane;
using DataDescribeJobExecution = IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecution;
using DataDescribeJobExecutionResponse = IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecutionResponse;
using DescribeJobExecution = IoTJobsToolkit.Engine.Operations.Control.DescribeJobExecution;
using DescribeJobExecutionResponse = IoTJobsToolkit.Engine.Operations.Control.DescribeJobExecutionResponse;

namespace IoTJobsToolkit.Wire;

/// <summary>Every operation as a request (http-api 1). What a line does not name travels in the body.</summary>
public static class Routes
{
    private static readonly FrozenDictionary<int, Route[]> ByLength;
    private static readonly FrozenDictionary<Type, Route[]> ByOperation;

    static Routes()
    {
        ByLength = All.GroupBy(route => route.Segments.Count)
            .ToFrozenDictionary(group => group.Key, group => group.OrderBy(route => route.PathMembers.Count).ToArray());
        ByOperation = All.GroupBy(route => route.OperationType)
            .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(route => route.PathMembers.Count).ToArray());
    }

    public static IReadOnlyList<Route> All { get; } =
    [
        new Route<CreateJob, CreateJobResponse>(Control, "PUT /jobs/{jobId}"),
        new Route<DescribeJob, DescribeJobResponse>(Control, "GET /jobs/{jobId}?beforeSubstitution"),
        new Route<UpdateJob, Nothing>(Control, "PATCH /jobs/{jobId}?namespaceId"),
        new Route<CancelJob, CancelJobResponse>(Control, "PUT /jobs/{jobId}/cancel?force") { AlsoInBody = "force" },
        new Route<DeleteJob, Nothing>(Control, "DELETE /jobs/{jobId}?force&namespaceId"),
        new Route<GetJobDocument, GetJobDocumentResponse>(Control, "GET /jobs/{jobId}/job-document?beforeSubstitution"),
        new Route<ListJobs, ListJobsResponse>(
            Control, "GET /jobs?status&targetSelection&maxResults&nextToken&thingGroupName&thingGroupId&namespaceId"),
        new Route<AssociateTargetsWithJob, AssociateTargetsWithJobResponse>(Control, "POST /jobs/{jobId}/targets?namespaceId"),
        new Route<ListJobExecutionsForJob, ListJobExecutionsForJobResponse>(Control, "GET /jobs/{jobId}/things?status&maxResults&nextToken"),
        new Route<ListJobExecutionsForThing, ListJobExecutionsForThingResponse>(
            Control, "GET /things/{thingName}/jobs?status&namespaceId&maxResults&nextToken&jobId"),
        new Route<DescribeJobExecution, DescribeJobExecutionResponse>(Control, "GET /things/{thingName}/jobs/{jobId}?executionNumber"),
        new Route<CancelJobExecution, Nothing>(Control, "PUT /things/{thingName}/jobs/{jobId}/cancel?force") { AlsoInBody = "force" },
        new Route<DeleteJobExecution, Nothing>(
            Control, "DELETE /things/{thingName}/jobs/{jobId}/executionNumber/{executionNumber}?force&namespaceId"),
        // The latest execution, for callers who name no number (C-5).
        new Route<DeleteJobExecution, Nothing>(Control, "DELETE /things/{thingName}/jobs/{jobId}?force&namespaceId") { IsExtension = true },

        new Route<CreateJobTemplate, CreateJobTemplateResponse>(Control, "PUT /job-templates/{jobTemplateId}"),
        new Route<DescribeJobTemplate, DescribeJobTemplateResponse>(Control, "GET /job-templates/{jobTemplateId}"),
        new Route<DeleteJobTemplate, Nothing>(Control, "DELETE /job-templates/{jobTemplateId}"),
        new Route<ListJobTemplates, ListJobTemplatesResponse>(Control, "GET /job-templates?maxResults&nextToken"),
        new Route<ListManagedJobTemplates, ListManagedJobTemplatesResponse>(
            Control, "GET /managed-job-templates?templateName&maxResults&nextToken"),
        new Route<DescribeManagedJobTemplate, DescribeManagedJobTemplateResponse>(
            Control, "GET /managed-job-templates/{templateName}?templateVersion"),

        new Route<GetPendingJobExecutions, GetPendingJobExecutionsResponse>(Data, "GET /things/{thingName}/jobs"),
        new Route<StartNextPendingJobExecution, StartNextPendingJobExecutionResponse>(Data, "PUT /things/{thingName}/jobs/$next"),
        new Route<DataDescribeJobExecution, DataDescribeJobExecutionResponse>(
            Data, "GET /things/{thingName}/jobs/{jobId}?includeJobDocument&executionNumber"),
        new Route<UpdateJobExecution, UpdateJobExecutionResponse>(Data, "POST /things/{thingName}/jobs/{jobId}"),

        new Route<CreateThing, CreateThingResponse>(Control, "POST /things/{thingName}"),
        new Route<DescribeThing, DescribeThingResponse>(Control, "GET /things/{thingName}"),
        new Route<ListThings, ListThingsResponse>(
            Control, "GET /things?nextToken&maxResults&attributeName&attributeValue&thingTypeName&usePrefixAttributeValue"),
        new Route<UpdateThing, UpdateThingResponse>(Control, "PATCH /things/{thingName}"),
        new Route<DeleteThing, DeleteThingResponse>(Control, "DELETE /things/{thingName}?expectedVersion"),
        new Route<CreateThingGroup, CreateThingGroupResponse>(Control, "POST /thing-groups/{thingGroupName}"),
        new Route<DescribeThingGroup, DescribeThingGroupResponse>(Control, "GET /thing-groups/{thingGroupName}"),
        new Route<ListThingGroups, ListThingGroupsResponse>(
            Control, "GET /thing-groups?nextToken&maxResults&parentGroup&namePrefixFilter&recursive"),
        new Route<UpdateThingGroup, UpdateThingGroupResponse>(Control, "PATCH /thing-groups/{thingGroupName}"),
        new Route<DeleteThingGroup, DeleteThingGroupResponse>(Control, "DELETE /thing-groups/{thingGroupName}?expectedVersion"),
        new Route<CreateDynamicThingGroup, CreateDynamicThingGroupResponse>(Control, "POST /dynamic-thing-groups/{thingGroupName}"),
        new Route<UpdateDynamicThingGroup, UpdateDynamicThingGroupResponse>(Control, "PATCH /dynamic-thing-groups/{thingGroupName}"),
        new Route<DeleteDynamicThingGroup, DeleteDynamicThingGroupResponse>(
            Control, "DELETE /dynamic-thing-groups/{thingGroupName}?expectedVersion"),
        new Route<AddThingToThingGroup, AddThingToThingGroupResponse>(Control, "PUT /thing-groups/addThingToThingGroup"),
        new Route<RemoveThingFromThingGroup, RemoveThingFromThingGroupResponse>(Control, "PUT /thing-groups/removeThingFromThingGroup"),
        new Route<UpdateThingGroupsForThing, UpdateThingGroupsForThingResponse>(Control, "PUT /thing-groups/updateThingGroupsForThing"),
        new Route<ListThingsInThingGroup, ListThingsInThingGroupResponse>(
            Control, "GET /thing-groups/{thingGroupName}/things?recursive&nextToken&maxResults"),
        new Route<ListThingGroupsForThing, ListThingGroupsForThingResponse>(
            Control, "GET /things/{thingName}/thing-groups?nextToken&maxResults"),
        new Route<TagResource, TagResourceResponse>(Control, "POST /tags"),
        new Route<UntagResource, UntagResourceResponse>(Control, "POST /untag"),
        new Route<ListTagsForResource, ListTagsForResourceResponse>(Control, "GET /tags?resourceArn&nextToken"),
        new Route<DescribeEndpoint, DescribeEndpointResponse>(Control, "GET /endpoint?endpointType"),
        new Route<DescribeEventConfigurations, DescribeEventConfigurationsResponse>(Control, "GET /event-configurations"),
        new Route<UpdateEventConfigurations, UpdateEventConfigurationsResponse>(Control, "PATCH /event-configurations"),

        .. ToolkitRoutes.All,
    ];

    /// <summary>
    /// Finds what a path asks for, by position: a job may be called <c>cancel</c> and a thing <c>jobs</c>. The plane decides only
    /// where both planes have the request.
    /// </summary>
    /// <param name="path">As it came, without the query: segments are decoded after they are split.</param>
    public static RouteMatch Find(string method, string path, Plane plane)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.StartsWith('/'))
        {
            return default;
        }
        var segments = path[1..].Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = segments[i].Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(segments[i]) : segments[i];
        }
        Route? found = null;
        SortedSet<string>? others = null;
        foreach (var route in ByLength.GetValueOrDefault(segments.Length, []))
        {
            if (!Fits(route, segments))
            {
                continue;
            }
            if (route.Method != method)
            {
                (others ??= []).Add(route.Method);
            }
            else if (found is null || route.Plane == plane && found.Plane != plane && route.Path == found.Path)
            {
                found = route;
            }
        }
        return new(found, found is null ? [] : Values(found, segments), found is null && others is not null ? [.. others] : []);
    }

    /// <summary>
    /// How an operation is asked for: of several paths the one which says most of what the operation gives. Null when it is no request.
    /// </summary>
    /// <param name="extensions">Whether the server has the routes which AWS does not have.</param>
    public static Route? Find(Operation operation, bool extensions = true)
    {
        ArgumentNullException.ThrowIfNull(operation);
        Route? found = null;
        foreach (var route in ByOperation.GetValueOrDefault(operation.GetType(), []))
        {
            if (extensions || !route.IsExtension)
            {
                if (route.HasPath(operation))
                {
                    return route;
                }
                found ??= route; // It names the member that is missing.
            }
        }
        return found;
    }

    private static bool Fits(Route route, string[] segments)
    {
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = route.Segments[i];
            if (!segment.IsMember && segment.Text != segments[i])
            {
                return false;
            }
        }
        return true;
    }

    private static string[] Values(Route route, string[] segments) =>
        [.. segments.Where((_, i) => route.Segments[i].IsMember)];
}

/// <summary>What a path names.</summary>
/// <param name="Route">Null when no operation has this path and method.</param>
/// <param name="PathValues">In the order of <see cref="Route.PathMembers"/>.</param>
/// <param name="OtherMethods">Methods which the path has, when it has not the one asked for.</param>
public readonly record struct RouteMatch(Route? Route, IReadOnlyList<string> PathValues, IReadOnlyList<string> OtherMethods)
{
    /// <summary>The value of a path member; null when the path has no such member.</summary>
    public string? Value(string member)
    {
        for (var i = 0; i < (Route?.PathMembers.Count ?? 0); i++)
        {
            if (Route!.PathMembers[i] == member)
            {
                return PathValues[i];
            }
        }
        return null;
    }
}

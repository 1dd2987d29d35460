using IoTJobsToolkit.Server.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace IoTJobsToolkit.Server.Hosting;

/// <summary>A port of one plane has the API and nothing else: no page, no sign-in, no asset.</summary>
internal sealed class PlanePortsPolicy(PlanePorts ports) : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => int.MinValue;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => ports.Any;

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        if (ports.Of(httpContext) is not null)
        {
            for (var i = 0; i < candidates.Count; i++)
            {
                candidates.SetValidity(i, candidates.IsValidCandidate(i) && candidates[i].Endpoint.Metadata.GetMetadata<ApiEndpoint>() is not null);
            }
        }
        return Task.CompletedTask;
    }
}

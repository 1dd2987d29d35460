using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire;
using Microsoft.AspNetCore.Http;
using static IoTJobsToolkit.Server.Settings.ListenAddresses;

namespace IoTJobsToolkit.Server.Hosting;

/// <summary>The ports that one plane has for itself (http-api 2): what comes there without a signature or a telling host means that plane.</summary>
/// <param name="mainCount">Addresses before those of the planes, in the order of listening; null where that order is not ours.</param>
/// <param name="deviceUrls">Addresses of the data plane which <c>Jobs:DevicePort</c> adds.</param>
internal sealed class PlanePorts(
    int? mainCount, IReadOnlyList<string> controlUrls, IReadOnlyList<string> dataUrls, IReadOnlyList<string> deviceUrls)
{
    private Dictionary<int, Plane> _planes = Known(controlUrls, dataUrls.Concat(deviceUrls));

    /// <summary>Where MQTT over TLS is to be listened for.</summary>
    public IReadOnlyList<string> MqttAddresses { get; init; } = [];

    /// <summary>Whether MQTT is spoken at the addresses of devices too.</summary>
    public bool HaveMqtt { get; init; } = true;

    public bool Any => controlUrls.Count + dataUrls.Count + deviceUrls.Count > 0;

    /// <summary>The address to call for devices, once the server listens; null where they have none.</summary>
    public string? DeviceAddress { get; private set; }

    /// <summary>Addresses to call, of each plane, once the server listens.</summary>
    public IReadOnlyList<(Plane Plane, string Address)> Addresses { get; private set; } = [];

    /// <summary>Null at an address of both planes.</summary>
    public Plane? Of(HttpContext http) => Of(http.Connection.LocalPort);

    public Plane? Of(int port) => _planes.Count > 0 && _planes.TryGetValue(port, out var plane) ? plane : null;

    /// <summary>Takes in where the server listens, for ports that the system chose; returns the addresses of both planes.</summary>
    /// <exception cref="StartException">The system gave the same port at two addresses.</exception>
    public IReadOnlyList<string> Learn(IReadOnlyList<string> bound)
    {
        if (!Any)
        {
            return bound;
        }
        List<(Plane, string)> of = [];
        List<string> main = [];
        for (var i = 0; i < bound.Count; i++)
        {
            if (PlaneAt(i, bound[i]) is { } plane)
            {
                of.Add((plane, bound[i]));
            }
            else
            {
                main.Add(bound[i]);
            }
        }
        var planes = of.DistinctBy(entry => PortOf(entry.Item2)).ToDictionary(entry => PortOf(entry.Item2), entry => entry.Item1);
        if (main.Find(address => planes.ContainsKey(PortOf(address))) is { } shared || of.Any(entry => planes[PortOf(entry.Item2)] != entry.Item1))
        {
            throw new StartException(
                StartException.AddressInUse, $"Two addresses got the same port: {string.Join(", ", bound)}. Give Jobs:ControlUrls and Jobs:DataUrls ports of their own.");
        }
        _planes = planes;
        var devices = DevicesAmong(bound);
        DeviceAddress = devices.Select(Reachable).FirstOrDefault();
        Addresses = [.. of.Where(entry => !devices.Contains(entry.Item2)).Select(entry => (entry.Item1, Reachable(entry.Item2)))];
        return main;
    }

    private Plane? PlaneAt(int index, string address)
    {
        if (mainCount is not { } first)
        {
            return _planes.TryGetValue(PortOf(address), out var plane) ? plane : null;
        }
        return index < first ? null : index < first + controlUrls.Count ? Plane.Control : Plane.Data;
    }

    /// <summary>They come last.</summary>
    private string[] DevicesAmong(IReadOnlyList<string> bound) => mainCount is { } first
        ? [.. bound.Skip(first + controlUrls.Count + dataUrls.Count)]
        : [.. bound.Where(address => deviceUrls.Any(url => PortOf(url) == PortOf(address)))];

    private static Dictionary<int, Plane> Known(IEnumerable<string> control, IEnumerable<string> data) =>
        control.Select(url => (Port: PortOf(url), Plane: Plane.Control))
            .Concat(data.Select(url => (Port: PortOf(url), Plane: Plane.Data)))
            .Where(entry => entry.Port != 0)
            .DistinctBy(entry => entry.Port)
            .ToDictionary(entry => entry.Port, entry => entry.Plane);
}

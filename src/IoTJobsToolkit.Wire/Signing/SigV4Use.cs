namespace IoTJobsToolkit.Wire.Signing;

/// <summary>What signed requests are for.</summary>
public enum SigV4Use
{
    /// <summary>AWS's API: signed for <c>iot</c> or <c>iot-jobs-data</c>.</summary>
    Api,

    /// <summary>
    /// A WebSocket of MQTT: signed for <c>iotdevicegateway</c>, without <c>X-Amz-Expires</c> if need be, and the security token may have been
    /// added to the query after signing, which covers it elsewhere.
    /// </summary>
    WebSocket,
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.Cli.Frame;

/// <summary>How values are written in the JSON object.</summary>
internal static class JsonText
{
    /// <summary>One line, and no escapes that only HTML needs.</summary>
    public static JsonSerializerOptions OneLine { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>A number; null where it is NaN or infinite, which JSON cannot say.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <summary>A list of strings.</summary>
    public static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => (JsonNode?)JsonValue.Create(value))];

    /// <summary>A list of objects.</summary>
    public static JsonArray Objects(IEnumerable<JsonObject> values) => [.. values];

    /// <summary>A tensor's shape: <c>[1,10]</c>.</summary>
    public static JsonArray Shape(Shape shape) => [.. shape.Select(size => (JsonNode?)JsonValue.Create(size))];

    /// <summary>A shape whose open dimensions are strings, <c>["N",784]</c>; null where the rank is not known.</summary>
    public static JsonArray? Shape(SymbolicShape? shape) =>
        shape is null ? null : [.. shape.Dimensions.ToArray().Select(size => (JsonNode?)(size.Size is { } known ? JsonValue.Create(known) : JsonValue.Create(size.ToString())))];

    /// <summary>A graph's input or output.</summary>
    public static JsonObject Value(ValueInfo value) => new()
    {
        ["name"] = value.Name,
        ["type"] = value.Container?.ToString() ?? ElementTypes.Find(value.ElementType)?.Name,
        ["shape"] = Shape(value.Shape),
    };
}

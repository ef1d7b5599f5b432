using System.Globalization;
using Google.Protobuf.Collections;
using Toolkit.Onnx.Protobuf;
using AttributeType = Toolkit.Onnx.Protobuf.AttributeProto.Types.AttributeType;

namespace Toolkit.Onnx.Reading;

/// <summary>
/// Copies the body of a function for one call of it: values get names that are the call's own, and attributes that refer to the
/// function's get what the call gives (ONNX IR specification, "Functions").
/// </summary>
internal sealed class FunctionInliner(ModelProto model, OnnxLimits limits)
{
    private const int IdentityOpset = 1;

    // Names say where a node comes from, as long as nested calls do not pile them up.
    private const int MaxNameLength = 200;

    private HashSet<string>? _taken;
    private long _bytes;

    /// <summary>The nodes that stand for a call. Nodes among them may call functions again.</summary>
    /// <param name="call">The call.</param>
    /// <param name="function">What it calls.</param>
    /// <param name="opsets">The operator sets of the function, to which <c>ai.onnx</c> is added where it is needed.</param>
    public List<NodeProto> Inline(NodeProto call, FunctionProto function, Dictionary<string, int> opsets)
    {
        _taken ??= FindNames();
        string name = Unique(call.Name.Length > 0 ? call.Name : function.Name);
        var scope = new FunctionScope(null);
        BindInputs(call, function, scope);
        List<(string From, string To)> copies = BindOutputs(call, function, scope, name);
        Dictionary<string, AttributeProto> attributes = BindAttributes(call, function);
        var nodes = new List<NodeProto>(function.Node.Count);
        foreach (NodeProto node in function.Node)
        {
            nodes.Add(Copy(node, function, scope, attributes, name));
        }

        foreach ((string from, string to) in copies)
        {
            opsets.TryAdd("", IdentityOpset);
            var identity = new NodeProto { Name = Unique($"{name}/Identity"), OpType = "Identity" };
            identity.Input.Add(scope.Find(from) is { Length: > 0 } value ? value : throw Error(function, $"its output '{from}' is an input that the call leaves out."));
            identity.Output.Add(to);
            nodes.Add(identity);
        }

        return nodes;
    }

    private static void BindInputs(NodeProto call, FunctionProto function, FunctionScope scope)
    {
        if (call.Input.Count > function.Input.Count)
        {
            throw Error(function, $"expected {function.Input.Count} inputs at most, got {call.Input.Count} from '{call.Name}'.");
        }

        for (int i = 0; i < function.Input.Count; i++)
        {
            if (!scope.TryAdd(function.Input[i], i < call.Input.Count ? call.Input[i] : ""))
            {
                throw Error(function, $"two inputs have the name '{function.Input[i]}'.");
            }
        }
    }

    /// <summary>Names the outputs as the call does. One that the body does not make, or that is there twice, is copied behind it.</summary>
    private List<(string From, string To)> BindOutputs(NodeProto call, FunctionProto function, FunctionScope scope, string name)
    {
        if (call.Output.Count > function.Output.Count)
        {
            throw Error(function, $"expected {function.Output.Count} outputs at most, got {call.Output.Count} from '{call.Name}'.");
        }

        var copies = new List<(string, string)>();
        for (int i = 0; i < function.Output.Count; i++)
        {
            string local = function.Output[i];
            string? wanted = i < call.Output.Count && call.Output[i].Length > 0 ? call.Output[i] : null;
            if (!function.Node.Any(node => node.Output.Contains(local)) && scope.Find(local) is null)
            {
                throw Error(function, $"nothing makes its output '{local}'.");
            }

            if (!scope.TryAdd(local, wanted ?? Unique($"{name}/{local}")) && wanted is not null)
            {
                copies.Add((local, wanted));
            }
        }

        return copies;
    }

    private static Dictionary<string, AttributeProto> BindAttributes(NodeProto call, FunctionProto function)
    {
        var attributes = new Dictionary<string, AttributeProto>(StringComparer.Ordinal);
        foreach (AttributeProto attribute in call.Attribute)
        {
            if (!function.Attribute.Contains(attribute.Name) && !function.AttributeProto.Any(known => known.Name == attribute.Name))
            {
                throw Error(function, $"it has no attribute '{attribute.Name}', which '{call.Name}' gives.");
            }

            if (!attributes.TryAdd(attribute.Name, attribute))
            {
                throw Error(function, $"'{call.Name}' gives attribute '{attribute.Name}' twice.");
            }
        }

        foreach (AttributeProto attribute in function.AttributeProto)
        {
            attributes.TryAdd(attribute.Name, attribute);
        }

        return attributes;
    }

    private NodeProto Copy(NodeProto node, FunctionProto function, FunctionScope scope, Dictionary<string, AttributeProto> attributes, string name)
    {
        var copy = new NodeProto { Name = Unique($"{name}/{(node.Name.Length > 0 ? node.Name : node.OpType)}"), OpType = node.OpType, Domain = node.Domain, Overload = node.Overload };
        foreach (string input in node.Input)
        {
            copy.Input.Add(input.Length == 0 ? "" : scope.Find(input) ?? throw Error(function, $"{node.OpType} '{node.Name}' reads '{input}', which no input and no earlier node makes."));
        }

        foreach (AttributeProto attribute in node.Attribute)
        {
            if (Substitute(attribute, function, attributes) is { } given)
            {
                copy.Attribute.Add(given.G is null ? given : Copy(given, function, scope, attributes, name, isGiven: given != attribute));
            }
        }

        foreach (string output in node.Output)
        {
            copy.Output.Add(output.Length == 0 ? "" : Define(output, scope, name));
        }

        return copy;
    }

    /// <summary>The attribute itself, or what the call gives for the one that it refers to; null where the call gives nothing.</summary>
    private AttributeProto? Substitute(AttributeProto attribute, FunctionProto function, Dictionary<string, AttributeProto> attributes)
    {
        AttributeProto? given = attribute;
        if (attribute.RefAttrName.Length > 0)
        {
            if (!attributes.TryGetValue(attribute.RefAttrName, out given))
            {
                return null;
            }

            if (attribute.Type != AttributeType.Undefined && attribute.Type != given.Type)
            {
                throw Error(function, $"expected its attribute '{attribute.RefAttrName}' of type {attribute.Type}, got {given.Type}.");
            }

            // The attributes of a file are read-only: the copy shares their tensors and lists.
            given = given.Clone();
            given.Name = attribute.Name;
        }

        _bytes += given.CalculateSize();
        return _bytes <= limits.MaxFileBytes ? given
            : throw Error(function, $"its calls grow the model beyond the limit of {limits.MaxFileBytes} bytes (OnnxLimits.MaxFileBytes).");
    }

    /// <summary>A graph among the attributes sees the values around it, unless it comes from the call, where it was renamed already.</summary>
    private AttributeProto Copy(AttributeProto attribute, FunctionProto function, FunctionScope scope, Dictionary<string, AttributeProto> attributes, string name, bool isGiven) =>
        isGiven ? attribute : new AttributeProto { Name = attribute.Name, Type = attribute.Type, G = Copy(attribute.G, function, new FunctionScope(scope), attributes, name) };

    private GraphProto Copy(GraphProto graph, FunctionProto function, FunctionScope scope, Dictionary<string, AttributeProto> attributes, string name)
    {
        var copy = new GraphProto { Name = graph.Name };
        foreach (TensorProto initializer in graph.Initializer)
        {
            TensorProto tensor = initializer.Clone();
            tensor.Name = DefineInGraph(initializer.Name, scope, name);
            copy.Initializer.Add(tensor);
        }

        foreach (ValueInfoProto input in graph.Input)
        {
            copy.Input.Add(new ValueInfoProto
            {
                Name = graph.Initializer.Any(tensor => tensor.Name == input.Name) ? scope.Find(input.Name)! : DefineInGraph(input.Name, scope, name),
                Type = input.Type,
            });
        }

        copy.SparseInitializer.Add(graph.SparseInitializer);
        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output)
            {
                if (output.Length > 0)
                {
                    scope.TryAdd(output, Unique($"{name}/{output}"));
                }
            }

            copy.Node.Add(Copy(node, function, scope, attributes, name));
        }

        foreach (ValueInfoProto output in graph.Output)
        {
            copy.Output.Add(new ValueInfoProto { Name = scope.Find(output.Name) ?? output.Name, Type = output.Type });
        }

        return copy;
    }

    private string DefineInGraph(string local, FunctionScope scope, string name)
    {
        string unique = Unique($"{name}/{local}");
        scope.TryAdd(local, unique);
        return unique;
    }

    private string Define(string local, FunctionScope scope, string name)
    {
        scope.TryAdd(local, Unique($"{name}/{local}"));
        return scope.Find(local)!;
    }

    private string Unique(string name)
    {
        name = name.Length <= MaxNameLength ? name : name[..MaxNameLength];
        string unique = name;
        for (int i = 1; !_taken!.Add(unique); i++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{_taken.Count}_{i}");
        }

        return unique;
    }

    private HashSet<string> FindNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Visit(model.Graph);
        return names;

        void Visit(GraphProto graph)
        {
            names.UnionWith(graph.Input.Select(input => input.Name));
            names.UnionWith(graph.Initializer.Select(tensor => tensor.Name));
            VisitNodes(graph.Node);
        }

        void VisitNodes(RepeatedField<NodeProto> nodes)
        {
            foreach (NodeProto node in nodes)
            {
                names.Add(node.Name);
                names.UnionWith(node.Output);
                foreach (AttributeProto attribute in node.Attribute)
                {
                    if (attribute.G is { } inner)
                    {
                        Visit(inner);
                    }
                }
            }
        }
    }

    private static OnnxModelException Error(FunctionProto function, string message) => new($"Function '{function.Name}': {message}");
}

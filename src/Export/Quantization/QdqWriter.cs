using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.Export.Quantization;

/// <summary>
/// Writes a planned graph with QuantizeLinear and DequantizeLinear around its quantized nodes. Every reader of a quantized value has a
/// DequantizeLinear of its own, so that a runtime can join each node with what surrounds it.
/// </summary>
internal sealed class QdqWriter
{
    private readonly OnnxModel _model;
    private readonly GraphView _view;
    private readonly QuantizationPlan _plan;
    private readonly IReadOnlyDictionary<string, QuantizationParameters> _parameters;
    private readonly QuantizationOptions _options;
    private readonly HashSet<string> _taken;
    private readonly OrderedDictionary<string, Tensor> _added = [];
    private readonly List<OnnxNode> _nodes = [];
    private readonly Dictionary<string, string> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Scale, string ZeroPoint)> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(float[] Scales, int Axis, string Name, string Scale)>> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _zeros = [];
    private readonly Dictionary<string, string> _seenAs = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];

    private QdqWriter(
        OnnxModel model, GraphView view, QuantizationPlan plan, IReadOnlyDictionary<string, QuantizationParameters> parameters, QuantizationOptions options)
    {
        (_model, _view, _plan, _parameters, _options) = (model, view, plan, parameters, options);
        _taken = ModelPreparation.ValueNames(model.Graph);
    }

    /// <summary>The quantized model, the name under which readers see each quantized value, and what had to give way.</summary>
    public static (OnnxModel Model, IReadOnlyDictionary<string, string> SeenAs, IReadOnlyList<string> Warnings) Write(
        OnnxModel model, GraphView view, QuantizationPlan plan, IReadOnlyDictionary<string, QuantizationParameters> parameters, QuantizationOptions options)
    {
        var writer = new QdqWriter(model, view, plan, parameters, options);
        writer.AddNodes();
        return (writer.Build(), writer._seenAs, writer._warnings);
    }

    private void AddNodes()
    {
        foreach (ValueInfo input in _model.Graph.Inputs.Where(input => _plan.Values.Contains(input.Name)))
        {
            AddQuantize(input.Name, input.Name);
        }

        foreach (OnnxNode node in _model.Graph.Nodes)
        {
            string[] inputs = [.. node.Inputs];
            for (int i = 0; i < inputs.Length; i++)
            {
                if (_plan.Values.Contains(inputs[i]) && (!_view.IsConstant(inputs[i]) || ReadsAsData(node, i)) && !(_view.Maker(inputs[i]) is null && _plan.RoleOf(node) == OperatorRole.None))
                {
                    inputs[i] = AddDequantize(inputs[i]);
                }
            }

            if (_plan.RoleOf(node) == OperatorRole.Weighted && WeightLayout.Of(node, _view) is { } layout)
            {
                AddWeights(node, layout, inputs);
            }

            string[] outputs = [.. node.Outputs];
            for (int i = 0; i < outputs.Length; i++)
            {
                if (_plan.Values.Contains(outputs[i]) && _view.IsOutput(outputs[i]))
                {
                    outputs[i] = Name($"{outputs[i]}_float");
                }
            }

            _nodes.Add(node with { Inputs = inputs, Outputs = outputs });
            foreach ((string value, string raw) in node.Outputs.Zip(outputs).Where(pair => _plan.Values.Contains(pair.First)))
            {
                AddQuantize(value, raw);
            }
        }
    }

    private bool ReadsAsData(OnnxNode node, int input) =>
        _plan.RoleOf(node) is var role and not OperatorRole.None && QuantizableOperators.DataInputs(node, role, _view).Contains(input);

    private void AddQuantize(string value, string raw)
    {
        (string scale, string zeroPoint) = Parameters(value);
        string codes = Number("q");
        _codes.Add(value, codes);
        _nodes.Add(new OnnxNode(codes, new QuantizeLinear(), [raw, scale, zeroPoint], [codes]));
        if (raw != value)
        {
            _nodes.Add(new OnnxNode(Number("d"), new DequantizeLinear(), [codes, scale, zeroPoint], [value]));
            _seenAs.TryAdd(value, value);
        }
    }

    private string AddDequantize(string value)
    {
        (string scale, string zeroPoint) = Parameters(value);
        if (!_codes.TryGetValue(value, out string? codes))
        {
            codes = AddConstant(value);
        }

        string result = Number("d");
        _nodes.Add(new OnnxNode(result, new DequantizeLinear(), [codes, scale, zeroPoint], [result]));
        _seenAs.TryAdd(value, result);
        return result;
    }

    private string AddConstant(string value)
    {
        Tensor<float> tensor = _view.Constant(value)!;
        QuantizationParameters parameters = _parameters[value];
        int[] codes = Array.ConvertAll(tensor.ToArray(), element => parameters.Quantize(element, _options.ActivationType));
        Tensor stored = _options.ActivationType == ElementType.UInt8
            ? new Tensor<byte>(tensor.Shape, Array.ConvertAll(codes, code => (byte)code))
            : new Tensor<sbyte>(tensor.Shape, Array.ConvertAll(codes, code => (sbyte)code));
        string name = Add($"{value}_q", stored);
        _codes.Add(value, name);
        return name;
    }

    private (string Scale, string ZeroPoint) Parameters(string value)
    {
        string group = _plan.GroupOf(value);
        if (!_groups.TryGetValue(group, out (string Scale, string ZeroPoint) names))
        {
            QuantizationParameters parameters = _parameters[value];
            Tensor zeroPoint = _options.ActivationType == ElementType.UInt8 ? Tensor.Scalar((byte)parameters.ZeroPoint) : Tensor.Scalar((sbyte)parameters.ZeroPoint);
            string number = _groups.Count.ToString(CultureInfo.InvariantCulture);
            names = (Add($"scale_{number}", Tensor.Scalar(parameters.Scale)), Add($"zp_{number}", zeroPoint));
            _groups.Add(group, names);
        }

        return names;
    }

    private void AddWeights(OnnxNode node, WeightLayout layout, string[] inputs)
    {
        string? bias = WeightFolding.Optional(node, 2);
        QuantizedWeight quantized = QuantizedWeight.Make(layout, bias is null ? null : _view.Constant(bias), _parameters[node.Inputs[0]].Scale, _options.IsPerTensor);
        if (quantized.Raised > 0)
        {
            _warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{node}: the scales of {quantized.Raised} of {layout.Channels} output channels were raised so that the bias fits 32 bits, because input or weights are very small beside it."));
        }

        (string codes, string scale) = StoreWeights(node.Inputs[1], layout.Axis, quantized);
        inputs[1] = Dequantize(layout.Axis, codes, scale, Zeros(quantized.Scales.Length == 1 && _options.IsPerTensor ? 0 : quantized.Scales.Length));
        if (bias is not null)
        {
            // An int32 code has no zero point.
            inputs[2] = Dequantize(0, Add($"{bias}_q", quantized.BiasCodes!), Add($"{bias}_scale", Tensor.Vector<float>(quantized.BiasScales!)));
        }
    }

    // Nodes that share their weights go on sharing them, as long as their scales are the same.
    private (string Codes, string Scale) StoreWeights(string weight, int axis, QuantizedWeight quantized)
    {
        if (!_weights.TryGetValue(weight, out List<(float[] Scales, int Axis, string Name, string Scale)>? stored))
        {
            _weights.Add(weight, stored = []);
        }

        foreach ((float[] scales, int storedAxis, string name, string scaleName) in stored)
        {
            if (storedAxis == axis && scales.AsSpan().SequenceEqual(quantized.Scales))
            {
                return (name, scaleName);
            }
        }

        string codes = Add($"{weight}_q", quantized.Codes);
        string scale = Add($"{weight}_scale", _options.IsPerTensor ? Tensor.Scalar(quantized.Scales[0]) : Tensor.Vector<float>(quantized.Scales));
        stored.Add((quantized.Scales, axis, codes, scale));
        return (codes, scale);
    }

    // Zero points of weights, 0 channels for a scalar; all weights of as many channels share them.
    private string Zeros(int channels)
    {
        if (!_zeros.TryGetValue(channels, out string? name))
        {
            name = Add(
                string.Create(CultureInfo.InvariantCulture, $"zeros_{channels}"),
                channels == 0 ? Tensor.Scalar<sbyte>(0) : new Tensor<sbyte>([channels]));
            _zeros.Add(channels, name);
        }

        return name;
    }

    private string Dequantize(int axis, params string[] inputs)
    {
        string name = Number("d");
        _nodes.Add(new OnnxNode(name, new DequantizeLinear(axis), inputs, [name]));
        return name;
    }

    private string Add(string wanted, Tensor value)
    {
        string name = Name(wanted);
        _added.Add(name, value);
        return name;
    }

    // Values that quantization adds are numbered: with names of their own they would be a good part of a small network's file.
    private string Number(string prefix) => Name(string.Create(CultureInfo.InvariantCulture, $"{prefix}{_nodes.Count}"));

    private string Name(string wanted) => ModelPreparation.Unique(_taken, wanted);

    private OnnxModel Build()
    {
        OnnxGraph source = _model.Graph;
        var graph = new OnnxGraph { Name = source.Name };
        foreach (ValueInfo input in source.Inputs)
        {
            graph.Inputs.Add(input);
        }

        foreach (ValueInfo output in source.Outputs)
        {
            graph.Outputs.Add(output);
        }

        foreach ((string name, Tensor value) in source.Initializers.Concat(_added))
        {
            graph.Initializers.Add(name, value);
        }

        ModelPreparation.Replace(graph, _nodes);
        ModelPreparation.RemoveUnused(graph);
        var model = new OnnxModel(graph)
        {
            WritesInnerTypes = false,
            IrVersion = _model.IrVersion,
            ProducerName = OnnxExporter.ProducerName,
            ProducerVersion = OnnxExporter.ProducerVersion,
            Domain = _model.Domain,
            ModelVersion = _model.ModelVersion,
            Description = _model.Description,
        };
        foreach ((string domain, long version) in _model.OpsetImports)
        {
            model.OpsetImports[domain] = version;
        }

        foreach ((string key, string value) in _model.Metadata)
        {
            model.Metadata[key] = value;
        }

        return model;
    }
}

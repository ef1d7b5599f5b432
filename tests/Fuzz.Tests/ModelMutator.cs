using Toolkit.Onnx.Protobuf;

namespace Toolkit.Fuzz.Tests;

/// <summary>Changes what a model says: its graph, its opsets, its functions. The result is a well-formed file of a hostile model.</summary>
internal sealed class ModelMutator(Random random, IReadOnlyList<FuzzSeed> seeds)
{
    private readonly NodeMutator _nodes = new(random, seeds);
    private readonly TensorMutator _tensors = new(random);

    /// <summary>A mutated copy.</summary>
    public ModelProto Mutate(ModelProto original)
    {
        ModelProto model = original.Clone();
        for (int count = random.Next(8) switch { < 4 => 1, < 6 => 2, 6 => 3, _ => random.Next(4, 9) }; count > 0; count--)
        {
            MutateOnce(model);
        }

        return model;
    }

    private void MutateOnce(ModelProto model)
    {
        GraphProto graph = model.Graph;
        switch (random.Next(24))
        {
            case < 9 when graph.Node.Count > 0:
                _nodes.Mutate(graph, Any(graph.Node));
                break;
            case < 13 when graph.Initializer.Count > 0:
                _tensors.Mutate(Any(graph.Initializer));
                break;
            case 13 when graph.Initializer.Count > 0:
                FeedInitializer(graph);
                break;
            case 14 or 15 when graph.Input.Count > 0:
                MutateValue(Any(graph.Input));
                break;
            case 16 when graph.Output.Count > 0:
                MutateOutputs(graph);
                break;
            case 17:
                MutateHeader(model);
                break;
            case 18:
                Graft(model);
                break;
            case 19:
                Nest(model);
                break;
            case 20:
                AddFunction(model);
                break;
            case 21 when graph.Node.Count > 0:
                Reorder(graph);
                break;
            case 22:
                TakeField(model);
                break;
            default:
                Graft(model);
                break;
        }
    }

    private T Any<T>(IList<T> list) => list[random.Next(list.Count)];

    // A constant becomes an input, so that what depends on it is known only when the model runs.
    private void FeedInitializer(GraphProto graph)
    {
        TensorProto tensor = Any(graph.Initializer);
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(tensor.Dims.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        graph.Input.Add(new ValueInfoProto
        {
            Name = tensor.Name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = tensor.DataType, Shape = shape } },
        });
        if (random.Next(4) > 0)
        {
            graph.Initializer.Remove(tensor);
        }
    }

    private void MutateValue(ValueInfoProto value)
    {
        if (value.Type?.TensorType is not { } tensor)
        {
            value.Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = random.Next(28) } };
            return;
        }

        switch (random.Next(8))
        {
            case 0:
                tensor.ElemType = random.Next(-1, 28);
                break;
            case 1:
                tensor.Shape = null;
                break;
            case 2 when tensor.Shape is not null:
                tensor.Shape.Dim.Insert(random.Next(tensor.Shape.Dim.Count + 1), new TensorShapeProto.Types.Dimension { DimValue = Hostile.Size(random) });
                break;
            case 3 when tensor.Shape?.Dim.Count > 0:
                tensor.Shape.Dim.RemoveAt(random.Next(tensor.Shape.Dim.Count));
                break;
            case 4:
                value.Type = new TypeProto { SequenceType = new TypeProto.Types.Sequence { ElemType = value.Type.Clone() } };
                break;
            case 5 when tensor.Shape?.Dim.Count > 0:
                Any(tensor.Shape.Dim).DimValue = Hostile.Integer(random);
                break;
            default:
                foreach (TensorShapeProto.Types.Dimension dimension in tensor.Shape?.Dim ?? [])
                {
                    if (random.Next(2) == 0)
                    {
                        dimension.DimParam = random.Next(3) switch { 0 => "", 1 => "N", _ => $"d{random.Next(3)}" };
                    }
                }

                break;
        }
    }

    private void MutateOutputs(GraphProto graph)
    {
        switch (random.Next(5))
        {
            case 0:
                graph.Output.Add(Any(graph.Output).Clone());
                break;
            case 1:
                graph.Output.RemoveAt(random.Next(graph.Output.Count));
                break;
            case 2:
                MutateValue(Any(graph.Output));
                break;
            default:
                graph.Output.Add(new ValueInfoProto { Name = NodeMutator.AnyValue(random, graph) });
                break;
        }
    }

    private void MutateHeader(ModelProto model)
    {
        switch (random.Next(5))
        {
            case 0:
                model.IrVersion = Hostile.Integer(random);
                break;
            case 1:
                model.OpsetImport.Add(new OperatorSetIdProto { Domain = Hostile.Text(random), Version = random.Next(1, 30) });
                break;
            case 2:
                model.MetadataProps.Add(new StringStringEntryProto { Key = Hostile.Text(random), Value = Hostile.Text(random) });
                break;
            default:
                foreach (OperatorSetIdProto import in model.OpsetImport)
                {
                    import.Version = random.Next(10) == 0 ? Hostile.Integer(random) : random.Next(1, 28);
                }

                break;
        }
    }

    // A node of another model, with the constants that it reads, is put behind this one and reads what is here.
    private void Graft(ModelProto model)
    {
        GraphProto source = seeds[random.Next(seeds.Count)].Model.Graph;
        if (source.Node.Count == 0)
        {
            return;
        }

        NodeProto node = Any(source.Node).Clone();
        string mark = $"g{model.Graph.Node.Count}_";
        for (int i = 0; i < node.Input.Count; i++)
        {
            if (source.Initializer.FirstOrDefault(tensor => tensor.Name == node.Input[i]) is { } constant && random.Next(5) > 0)
            {
                TensorProto copy = constant.Clone();
                copy.Name = mark + copy.Name;
                model.Graph.Initializer.Add(copy);
                node.Input[i] = copy.Name;
            }
            else if (node.Input[i].Length > 0)
            {
                node.Input[i] = NodeMutator.AnyValue(random, model.Graph);
            }
        }

        for (int i = 0; i < node.Output.Count; i++)
        {
            node.Output[i] = node.Output[i].Length > 0 ? mark + node.Output[i] : "";
            if (node.Output[i].Length > 0)
            {
                model.Graph.Output.Add(new ValueInfoProto { Name = node.Output[i] });
            }
        }

        node.Name = mark + node.Name;
        model.Graph.Node.Insert(random.Next(4) == 0 ? random.Next(model.Graph.Node.Count + 1) : model.Graph.Node.Count, node);
        if (model.OpsetImport.All(import => import.Domain != node.Domain))
        {
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = node.Domain, Version = node.Domain.Length == 0 ? 20 : 3 });
        }
    }

    // The whole graph becomes a branch of an If or the body of a Loop, several deep.
    private void Nest(ModelProto model)
    {
        for (int depth = random.Next(20) == 0 ? random.Next(100) : random.Next(1, 4); depth > 0 && model.CalculateSize() < 1 << 15; depth--)
        {
            GraphProto inner = model.Graph.Clone();
            var outer = new GraphProto { Name = "outer" };
            bool loops = random.Next(2) == 0;
            outer.Initializer.Add(new TensorProto { Name = $"condition{depth}", DataType = 9, Int32Data = { random.Next(2) } });
            outer.Initializer.Add(new TensorProto { Name = $"trips{depth}", DataType = 7, Int64Data = { Hostile.Integer(random) } });
            var node = new NodeProto { OpType = loops ? "Loop" : "If", Name = $"nested{depth}" };
            if (loops)
            {
                inner.Input.Insert(0, Scalar($"i{depth}", 7));
                inner.Input.Insert(1, Scalar($"c{depth}", 9));
                inner.Output.Insert(0, Scalar($"c{depth}", 9));
                node.Input.AddRange([random.Next(3) == 0 ? "" : $"trips{depth}", random.Next(3) == 0 ? "" : $"condition{depth}"]);
                outer.Input.AddRange(model.Graph.Input.Select(input => input.Clone()));
                node.Input.AddRange(model.Graph.Input.Select(input => input.Name));
                node.Attribute.Add(new AttributeProto { Name = "body", Type = AttributeProto.Types.AttributeType.Graph, G = inner });
            }
            else
            {
                outer.Input.AddRange(inner.Input);
                inner.Input.Clear();
                node.Input.Add($"condition{depth}");
                node.Attribute.Add(new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = inner });
                node.Attribute.Add(new AttributeProto { Name = "else_branch", Type = AttributeProto.Types.AttributeType.Graph, G = inner.Clone() });
            }

            foreach (ValueInfoProto output in model.Graph.Output)
            {
                node.Output.Add($"{output.Name}_{depth}");
                outer.Output.Add(new ValueInfoProto { Name = $"{output.Name}_{depth}" });
            }

            outer.Node.Add(node);
            model.Graph = outer;
        }
    }

    private static ValueInfoProto Scalar(string name, int type) =>
        new() { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type, Shape = new TensorShapeProto() } } };

    // The graph becomes a function of the model, which may call itself.
    private void AddFunction(ModelProto model)
    {
        GraphProto graph = model.Graph;
        string name = random.Next(4) == 0 && graph.Node.Count > 0 ? graph.Node[0].OpType : "F";
        string domain = random.Next(3) == 0 ? "" : "local";
        var function = new FunctionProto { Name = name, Domain = domain };
        function.Input.AddRange(graph.Input.Select(input => input.Name));
        function.Output.AddRange(graph.Output.Select(output => output.Name));
        function.Node.AddRange(graph.Node.Select(node => node.Clone()));
        function.OpsetImport.AddRange(model.OpsetImport.Select(import => import.Clone()));
        var call = new NodeProto { OpType = name, Domain = domain, Name = "call" };
        call.Input.AddRange(function.Input);
        call.Output.AddRange(graph.Output.Select(output => output.Name));
        if (random.Next(4) == 0)
        {
            function.Node.Add(call.Clone());
        }

        model.Functions.Add(function);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "local", Version = 1 });
        graph.Node.Clear();
        graph.Node.Add(call);
    }

    private void Reorder(GraphProto graph)
    {
        NodeProto node = Any(graph.Node);
        switch (random.Next(3))
        {
            case 0:
                graph.Node.Add(node.Clone());
                break;
            case 1:
                graph.Node.Remove(node);
                break;
            default:
                graph.Node.Remove(node);
                graph.Node.Insert(random.Next(graph.Node.Count + 1), node);
                break;
        }
    }

    // Merging is what a parser does with fields that come twice.
    private void TakeField(ModelProto model)
    {
        ModelProto other = seeds[random.Next(seeds.Count)].Model;
        switch (random.Next(3))
        {
            case 0 when other.Graph.Initializer.Count > 0:
                model.Graph.Initializer.Add(Any(other.Graph.Initializer));
                break;
            case 1 when other.Graph.Node.Count > 0 && model.Graph.Node.Count > 0:
                Any(model.Graph.Node).MergeFrom(Any(other.Graph.Node));
                break;
            default:
                model.MergeFrom(other);
                break;
        }
    }
}

using Toolkit.Onnx.Protobuf;
using static Toolkit.Onnx.Tests.Reading.ProtoModels;

namespace Toolkit.Onnx.Tests.Reading;

/// <summary>Operators that are left out on purpose say why, and what to do.</summary>
public class RefusedOperatorTests
{
    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach ((string domain, string opType) in RefusedOperators.All)
            {
                data.Add(domain, opType);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_refused_operator_says_why_and_what_to_do(string domain, string opType)
    {
        NodeProto node = Node(opType, "x", "y");
        node.Domain = domain;
        ModelProto proto = Of(20, [3], node);
        if (domain.Length > 0)
        {
            proto.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = 1 });
        }

        UnsupportedOperatorException exception = Assert.Throws<UnsupportedOperatorException>(() => Read(proto));
        Assert.Equal(opType, exception.OpType);
        Assert.Equal(domain, exception.Domain);
        Assert.Contains(RefusedOperators.Reason(domain, opType)!, exception.Message, StringComparison.Ordinal);
        Assert.Contains(domain.Length > 0 ? "remove the node" : "feed its pixels", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_operator_is_both_refused_and_read() => Assert.All(RefusedOperators.All, pair => Assert.Null(OperatorTable.Find(pair.Domain, pair.OpType)));

    [Fact]
    public void The_refused_are_those_that_the_project_leaves_out() =>
        Assert.Equal(["Adagrad", "Adam", "Gradient", "ImageDecoder", "Momentum"], RefusedOperators.All.Select(pair => pair.OpType).Order(StringComparer.Ordinal));
}

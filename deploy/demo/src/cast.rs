//! Who works on the demonstration nodes: roles, not people, with passwords that everybody may know.

use crate::nodes::Node;

/// A role on every node.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    /// First part of its e-mail address.
    pub key: &'static str,
    /// Name shown to others.
    pub name: &'static str,
    /// Role in every service; the administrator has none and needs none.
    pub role: Option<&'static str>,
    /// What it is good for, for the guide.
    pub purpose: &'static str,
}

/// Sets the node up.
pub const ADMINISTRATION: Part = Part {
    key: "administration",
    name: "Administration",
    role: None,
    purpose: "règle le nœud / sets the node up",
};
/// Writes.
pub const NEWSROOM: Part = Part {
    key: "redaction",
    name: "Rédaction",
    role: Some("contributor"),
    purpose: "écrit et soumet / writes and submits",
};
/// Writes for an organisation without a node.
pub const PARTNER: Part = Part {
    key: "partenaire",
    name: "Réseau des partenaires",
    role: Some("contributor"),
    purpose: "écrit pour un organisme sans nœud / writes for an organisation without a node",
};
/// Publishes.
pub const MODERATION: Part = Part {
    key: "moderation",
    name: "Modération",
    role: Some("moderator"),
    purpose: "publie ou refuse / publishes or declines",
};

/// Every part, the administrator first.
pub const PARTS: [&Part; 4] = [&ADMINISTRATION, &NEWSROOM, &PARTNER, &MODERATION];

/// A part on one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
}

impl Part {
    /// This part on a node.
    pub fn on(&self, node: &Node) -> Person {
        Person {
            email: format!("{}@mef{}.example", self.key, node.department.number),
            password: format!("demonstration-{}", node.department.number),
        }
    }
}

/// Name of the partner organisation of a node.
pub fn partner_organisation(node: &Node) -> String {
    format!("Réseau des associations {}", crate::french::printed(&crate::french::de(node.department.name)))
}

/// What is printed when the region is ready.
pub fn guide(nodes: &[Node]) -> Vec<String> {
    let mut lines = vec![
        "La région de démonstration est prête. / The demonstration region is ready.".to_owned(),
        String::new(),
    ];
    for node in nodes {
        let (url, slug) = (node.url(), node.department.slug);
        lines.push(node.department.node.to_owned());
        lines.push(format!("  site public / public site    {url}/sites/{slug}"));
        lines.push(format!("  espace de travail / office   {url}/office"));
        for part in PARTS {
            let Person { email, password } = part.on(node);
            lines.push(format!("  {email:<32} {password}   {}", part.purpose));
        }
        lines.push(String::new());
    }
    lines.push(
        "Les contenus sont inventés et les mots de passe publics : rien ici n'est à mettre en ligne. / \
         Everything is invented and the passwords are public: not to be put online."
            .to_owned(),
    );
    lines
}
